<#
.SYNOPSIS
Executa os seeds de uma fase.

.DESCRIPTION
Escolhe os seeds da fase na ordem das versões e chama o psql com scripts/seed.psql, um arquivo de cada vez. Os seeds
são idempotentes: repetir não duplica nada. As migrations da fase precisam estar aplicadas.

DATABASE_URL e PSQL_PATH vêm do terminal ou, na falta deles, de backend/db/.env. O código de saída é o do psql (0: tudo
executado), ou 2 se falta algo na chamada ou na máquina.

.PARAMETER Phase
A fase, como está em migration-manifest.yaml.

.EXAMPLE
./scripts/seed.ps1 -Phase phase-100-mvp
#>
[CmdletBinding()]
param([string] $Phase = '')

. (Join-Path (Join-Path $PSScriptRoot 'lib') 'operator.ps1')

Invoke-Operator -Script 'seed.psql' -Steps @(Get-SeedStep $Phase)
