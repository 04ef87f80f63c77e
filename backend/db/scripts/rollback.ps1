<#
.SYNOPSIS
Desfaz uma migration com o seu arquivo de rollback.

.DESCRIPTION
Chama o psql com scripts/rollback.psql para um arquivo. Só desfaz o que está aplicado, e do último para o primeiro.

DATABASE_URL e PSQL_PATH vêm do terminal ou, na falta deles, de backend/db/.env. O código de saída é o do psql (0:
desfeita), ou 2 se falta algo na chamada ou na máquina.

.PARAMETER File
O arquivo R, a partir da pasta atual ou de backend/db.

.PARAMETER OutOfOrder
Desfaz também uma migration que tem outras aplicadas depois dela. Sem ele, o script recusa e diz quais são.

.EXAMPLE
./scripts/rollback.ps1 -File rollback/phase-100-mvp/core/R100004__core__expand__create_patients.sql
#>
[CmdletBinding()]
param([string] $File = '', [switch] $OutOfOrder)

. (Join-Path (Join-Path $PSScriptRoot 'lib') 'operator.ps1')

Invoke-Operator -Script 'rollback.psql' -Steps @(Get-RollbackStep $File) -OutOfOrder:$OutOfOrder
