# O que apply.ps1, seed.ps1 e rollback.ps1 têm em comum: a configuração, a escolha dos arquivos e a chamada do psql.
# O que acontece no banco (bloqueio, histórico, transação, checksum) está somente nos arquivos .psql da pasta acima.
#
# Roda no Windows PowerShell 5.1 e no PowerShell 7. Este arquivo é UTF-8 com BOM, de propósito: sem ele o 5.1 lê um
# script na página de códigos do Windows, os acentos se perdem, e alguns dos seus bytes são aspas para o 5.1.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$DbRoot = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$Manifest = Join-Path $DbRoot 'migration-manifest.yaml'

function Stop-Operator {
    # Termina com uma frase e o código 2: o que falta está na chamada ou na máquina, e nada foi pedido ao banco.
    param([string] $Message)

    $Host.UI.WriteErrorLine($Message)
    exit 2
}

function Read-DotEnv {
    # Lê NOME=valor, linha por linha. Entre aspas, o valor é o que está escrito; sem aspas, termina em um espaço e #.
    param([string] $Path)

    $values = @{}
    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) {
        return $values
    }
    $number = 0
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
        $number += 1
        $text = $line.Trim()
        if ($text -eq '' -or $text.StartsWith('#')) {
            continue
        }
        $pair = Read-DotEnvLine $text
        if ($pair.Name -eq '') {
            Stop-Operator "${Path}:${number}: a linha não tem a forma NOME=valor: corrija-a ou comece-a com #."
        }
        if ($values.ContainsKey($pair.Name)) {
            Stop-Operator "${Path}:${number}: $($pair.Name) já foi definida acima: deixe só uma das duas linhas."
        }
        $values[$pair.Name] = $pair.Value
    }
    return $values
}

function Read-DotEnvLine {
    # Um nome vazio diz que a linha não tem a forma esperada.
    param([string] $Text)

    $name = '^(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*'
    $values = @('''(?<value>.*)''', '"(?<value>.*)"', '(?<value>[^''"#\s].*?)', '(?<value>)(?:#.*)?')
    foreach ($value in $values) {
        if ($Text -match ($name + $value + '(?:\s+#.*)?$')) {
            return @{ Name = $Matches['name']; Value = $Matches['value'] }
        }
    }
    return @{ Name = ''; Value = '' }
}

function Get-Setting {
    # A variável já exportada vale mais do que o arquivo .env.
    param([string] $Name, [hashtable] $DotEnv)

    $exported = [System.Environment]::GetEnvironmentVariable($Name)
    if ($exported) {
        return $exported
    }
    if ($DotEnv.ContainsKey($Name)) {
        return $DotEnv[$Name]
    }
    return ''
}

function Find-Psql {
    # PSQL_PATH primeiro, depois o PATH.
    param([string] $Wanted)

    if ($Wanted) {
        if (Test-Path -LiteralPath $Wanted -PathType Leaf) {
            return $Wanted
        }
        Stop-Operator "PSQL_PATH diz ${Wanted}, e esse arquivo não existe: ponha o caminho inteiro, com o nome do programa."
    }
    $found = @(Get-Command -Name 'psql' -CommandType Application -ErrorAction SilentlyContinue)
    if ($found.Count -eq 0) {
        Stop-Operator 'não há psql no PATH: instale o cliente do PostgreSQL ou defina PSQL_PATH em backend/db/.env.'
    }
    return $found[0].Path
}

function Split-Password {
    # Separa a senha do resto da DATABASE_URL: na linha de comando, qualquer usuário da máquina a leria.
    param([string] $Url)

    if ($Url -match '^postgres(?:ql)?://') {
        return Split-UrlPassword $Url
    }
    return Split-PairPassword $Url
}

function Split-UrlPassword {
    # postgresql://usuario:senha@servidor/banco?password=senha
    param([string] $Url)

    $target = $Url
    $password = ''
    if ($target -match '^(?<before>postgres(?:ql)?://[^:@/]*):(?<secret>[^@/]*)@(?<after>.*)$') {
        $password = [System.Uri]::UnescapeDataString($Matches['secret'])
        $target = $Matches['before'] + '@' + $Matches['after']
    }
    if ($target -match '^(?<before>[^?]*\?(?:.*&)?)password=(?<secret>[^&]*)&?(?<after>.*)$') {
        $password = [System.Uri]::UnescapeDataString($Matches['secret'])
        $target = ($Matches['before'] + $Matches['after']) -replace '[?&]$', ''
    }
    return @{ Target = $target; Password = $password }
}

function Split-PairPassword {
    # host=servidor dbname=banco password='senha'
    param([string] $Pairs)

    $kept = @()
    $password = ''
    $form = '(?<name>\w+)\s*=\s*(?<value>''(?:\\.|[^''\\])*''|(?:\\.|[^\s\\])*)'
    foreach ($pair in [regex]::Matches($Pairs, $form)) {
        if ($pair.Groups['name'].Value -eq 'password') {
            $quoted = $pair.Groups['value'].Value -replace '^''(.*)''$', '$1'
            $password = $quoted -replace '\\(.)', '$1'
        }
        else {
            $kept += $pair.Value
        }
    }
    if ($password -eq '') {
        return @{ Target = $Pairs; Password = '' }
    }
    return @{ Target = $kept -join ' '; Password = $password }
}

function Get-ManifestFile {
    # Os arquivos que o manifesto lista em uma pasta (migrations ou seeds), na ordem das versões.
    # A ordem vem do número no nome: a ordem alfabética das pastas misturaria os domínios de uma fase.
    param([string] $Folder)

    $name = '(?<version>[VS](?<major>\d{3})(?<minor>\d{3,6}))__[a-z0-9_]+\.sql'
    $form = '(?<file>' + $Folder + '/(?<phase>[^/\s"'']+)/(?:[^/\s"'']+/)*' + $name + ')'
    $found = @()
    foreach ($line in Read-Manifest) {
        foreach ($match in [regex]::Matches($line, $form)) {
            $found += New-Object -TypeName 'PSObject' -Property @{
                File = $match.Groups['file'].Value
                Phase = $match.Groups['phase'].Value
                Version = $match.Groups['version'].Value
                Major = [int] $match.Groups['major'].Value
                Minor = [int] $match.Groups['minor'].Value
            }
        }
    }
    Assert-Complete -Folder $Folder -Listed @($found | ForEach-Object { $_.File })
    $found | Sort-Object -Property @('Major', 'Minor')
}

function Read-Manifest {
    # As linhas do manifesto, menos as de comentário.
    if (-not (Test-Path -LiteralPath $Manifest -PathType Leaf)) {
        Stop-Operator "não há ${Manifest}, que diz quais arquivos existem: complete a cópia do repositório."
    }
    [System.IO.File]::ReadAllLines($Manifest) | Where-Object { -not $_.TrimStart().StartsWith('#') }
}

function Assert-Complete {
    # O manifesto e a pasta precisam dizer o mesmo: um arquivo a mais ou a menos é uma cópia pela metade.
    param([string] $Folder, [string[]] $Listed)

    $present = @(Get-SqlFile $Folder)
    foreach ($file in $Listed) {
        if ($present -cnotcontains $file) {
            Stop-Operator "o manifesto lista $file, e o arquivo não existe: complete a cópia do repositório."
        }
    }
    foreach ($file in $present) {
        if ($Listed -cnotcontains $file) {
            Stop-Operator "$file não está em migration-manifest.yaml: inclua-o no manifesto ou tire-o da pasta."
        }
    }
}

function Get-SqlFile {
    # Os arquivos .sql de uma pasta, relativos a backend/db, com / em todo sistema: para o psql, \ é outra coisa.
    param([string] $Folder)

    $path = Join-Path $DbRoot $Folder
    if (Test-Path -LiteralPath $path -PathType Container) {
        foreach ($each in Get-ChildItem -LiteralPath $path -Recurse -File) {
            if ($each.Extension -eq '.sql') {
                $each.FullName.Substring($DbRoot.Length + 1).Replace('\', '/')
            }
        }
    }
}

function Assert-Phase {
    # A fase pedida precisa ser uma das do manifesto; a frase diz quais são.
    param([string] $Phase)

    $known = @()
    foreach ($line in Read-Manifest) {
        if ($line -match '^\s*(?:-\s+)?id:\s*["'']?(?<id>[^\s"''#]+)') {
            $known += $Matches['id']
        }
    }
    if ($known -cnotcontains $Phase) {
        Stop-Operator "fase desconhecida: '$Phase'. Use -Phase com uma destas: $($known -join ', ')."
    }
}

function Get-Owner {
    # O papel que o manifesto diz ser o dono; sem ele, o script .psql usa o seu padrão.
    foreach ($line in Read-Manifest) {
        if ($line -match '^\s+owner:\s*["'']?(?<owner>[^\s"''#]+)') {
            return $Matches['owner']
        }
    }
    return ''
}

function Get-MigrationStep {
    # As migrations de uma fase, cada uma com a versão que vem antes dela em todas as fases.
    param([string] $Phase)

    Assert-Phase $Phase
    $previous = ''
    foreach ($each in Get-ManifestFile 'migrations') {
        if ($each.Phase -ceq $Phase) {
            @{ file = $each.File; previous = $previous }
        }
        $previous = $each.Version
    }
}

function Get-SeedStep {
    # Os seeds de uma fase, que vêm depois da última migration dela.
    param([string] $Phase)

    Assert-Phase $Phase
    $seeds = @(Get-ManifestFile 'seeds' | Where-Object { $_.Phase -ceq $Phase })
    $previous = ''
    foreach ($each in Get-ManifestFile 'migrations') {
        if ($each.Phase -ceq $Phase) {
            $previous = $each.Version
        }
    }
    foreach ($seed in $seeds) {
        @{ file = $seed.File; previous = $previous }
    }
}

function Get-RollbackStep {
    # Um arquivo de rollback, dito a partir da pasta atual ou de backend/db, com / ou \.
    param([string] $File)

    if (-not $File) {
        Stop-Operator 'falta o arquivo: ./scripts/rollback.ps1 -File rollback/<fase>/<dominio>/<arquivo>.sql'
    }
    $places = @($File)
    if (-not [System.IO.Path]::IsPathRooted($File)) {
        $places += Join-Path $DbRoot $File
    }
    foreach ($path in $places) {
        if (Test-Path -LiteralPath $path -PathType Leaf) {
            $full = (Resolve-Path -LiteralPath $path).ProviderPath.Replace('\', '/')
            foreach ($known in Get-SqlFile 'rollback') {
                if ("$DbRoot/$known".Replace('\', '/') -eq $full) {
                    return @{ file = $known }
                }
            }
        }
    }
    Stop-Operator "$File não é um arquivo da pasta backend/db/rollback: confira o caminho."
}

function Invoke-Operator {
    # Chama o psql uma vez para cada arquivo, em ordem, e para no primeiro que falha. Termina com o código do psql.
    param([string] $Script, [object[]] $Steps, [switch] $OutOfOrder)

    if ($Steps.Count -eq 0) {
        Write-Output 'nada a fazer: o manifesto não lista arquivos para esta fase.'
        exit 0
    }
    $dotEnv = Read-DotEnv (Join-Path $DbRoot '.env')
    $url = Get-Setting 'DATABASE_URL' $dotEnv
    if (-not $url) {
        Stop-Operator 'falta DATABASE_URL: defina a variável no terminal ou em backend/db/.env (há um .env.example ao lado).'
    }
    if ($url.Contains('"')) {
        Stop-Operator 'DATABASE_URL tem aspas duplas, que o Windows PowerShell não entrega a um programa: troque-as por %22.'
    }
    if ($url -match '(?:sslpassword|oauth_client_secret|scram_(?:client|server)_key)\s*=') {
        Stop-Operator 'DATABASE_URL tem uma senha que não é a do login, e que todos veriam: use um service (service=...).'
    }
    $psql = Find-Psql (Get-Setting 'PSQL_PATH' $dotEnv)
    $split = Split-Password $url
    $always = @{}
    $owner = Get-Owner
    if ($owner) {
        $always['owner'] = $owner
    }
    if ($OutOfOrder) {
        $always['out_of_order'] = 1
    }
    $code = 0
    $password = $env:PGPASSWORD
    $encoding = [System.Console]::OutputEncoding
    Push-Location -LiteralPath $DbRoot
    try {
        Set-ConsoleEncoding (New-Object -TypeName 'System.Text.UTF8Encoding' -ArgumentList $false)
        if ($split.Password) {
            $env:PGPASSWORD = $split.Password
        }
        foreach ($step in $Steps) {
            Invoke-Psql $psql $split.Target "scripts/$Script" ($always + $step)
            $code = $LASTEXITCODE
            if ($code -ne 0) {
                Invoke-Psql $psql $split.Target 'scripts/failed.psql' ($always + @{ file = $step.file })
                break
            }
        }
    }
    finally {
        $env:PGPASSWORD = $password
        Set-ConsoleEncoding $encoding
        Pop-Location
    }
    exit $code
}

function Invoke-Psql {
    # Uma chamada; as variáveis são as que o script .psql espera. O que o psql escreve vai direto para o terminal.
    param([string] $Psql, [string] $Target, [string] $Script, [hashtable] $Variables)

    # No 5.1, com a saída de erros redirecionada, o primeiro aviso do psql pararia tudo se isto fosse Stop; e no 7
    # uma preferência do usuário faria o mesmo com o código de saída.
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    $arguments = @('-X', '-q', '-w', '-v', 'ON_ERROR_STOP=1', '-d', $Target)
    foreach ($name in @('owner', 'out_of_order', 'file', 'previous')) {
        if ($Variables.ContainsKey($name)) {
            $arguments += @('-v', "$name=$($Variables[$name])")
        }
    }
    $arguments += @('-f', $Script)
    try {
        & $Psql @arguments
    }
    catch {
        Stop-Operator "${Psql} não executa: $($_.Exception.Message)"
    }
}

function Set-ConsoleEncoding {
    # O psql escreve em UTF-8, e o console do Windows lê por padrão em outra página de códigos.
    param([System.Text.Encoding] $Encoding)

    try {
        [System.Console]::OutputEncoding = $Encoding
    }
    catch {
        Write-Verbose 'sem console (ISE, tarefa agendada): não há o que acertar'
    }
}
