"""The operators' PowerShell: read everywhere, run where a PowerShell is installed."""
