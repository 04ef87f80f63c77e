<#
.SYNOPSIS
Aplica as migrations de uma fase que ainda não foram aplicadas.

.DESCRIPTION
Escolhe os arquivos da fase na ordem das versões e chama o psql com scripts/apply.psql, um arquivo de cada vez. Uma
migration já aplicada não é executada de novo: repetir o comando é seguro, também depois de uma falha.

DATABASE_URL e PSQL_PATH vêm do terminal ou, na falta deles, de backend/db/.env. O código de saída é o do psql (0: tudo
aplicado), ou 2 se falta algo na chamada ou na máquina.

.PARAMETER Phase
A fase, como está em migration-manifest.yaml.

.PARAMETER OutOfOrder
Aplica também uma migration anterior a outra já aplicada. Sem ele, o script recusa.

.EXAMPLE
./scripts/apply.ps1 -Phase phase-100-mvp
#>
[CmdletBinding()]
param([string] $Phase = '', [switch] $OutOfOrder)

. (Join-Path (Join-Path $PSScriptRoot 'lib') 'operator.ps1')

Invoke-Operator -Script 'apply.psql' -Steps @(Get-MigrationStep $Phase) -OutOfOrder:$OutOfOrder
