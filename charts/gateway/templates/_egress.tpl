{{/*
Every host and port that a replica connects to, as a JSON list of host, port and class: `public` for systems outside, `own` for what may be
in the network of the cluster's owner (Redis, PostgreSQL, a collector, a connector of scope internal). Of documents in values it is what
`gateway policy egress` lists.
*/}}
{{- define "gateway.egress" -}}
{{- $v := .Values -}}
{{- $all := list -}}
{{- range $endpoint := $v.redis.endpoints -}}
{{- $target := include "gateway.target" (dict "text" $endpoint "class" "own") | fromJson -}}
{{- $all = append $all $target -}}
{{- range $v.redis.ports }}{{ $all = append $all (set (deepCopy $target) "port" (int .)) }}{{ end -}}
{{- end -}}
{{- if $v.postgres.host -}}
{{- range splitList "," $v.postgres.host -}}
{{- $text := ternary . (printf "%s:%d" . (int $v.postgres.port)) (regexMatch ":[0-9]+$" .) -}}
{{- $all = append $all (include "gateway.target" (dict "text" (trim $text) "class" "own") | fromJson) -}}
{{- end -}}
{{- end -}}
{{- with $v.otel.endpoint }}{{ $all = append $all (include "gateway.target" (dict "text" . "class" "own") | fromJson) }}{{ end -}}
{{- /* With the class `own` its port, mostly 443, would open private addresses to connectors too: policies add up. */ -}}
{{- with $v.governance.gitSync.repository -}}
{{- $all = append $all (include "gateway.target" (dict "text" . "class" "public") | fromJson) -}}
{{- end -}}
{{- range $v.networkPolicy.egress.hosts -}}
{{- $all = append $all (include "gateway.target" (dict "text" . "class" "public") | fromJson) -}}
{{- end -}}
{{- concat $all (include "gateway.documentEgress" . | fromJsonArray) | toJson -}}
{{- end -}}

{{- define "gateway.documentEgress" -}}
{{- $all := list -}}
{{- range include "gateway.parsedDocuments" . | fromJsonArray -}}
{{- $spec := default dict .spec -}}
{{- $class := ternary "own" "public" (eq (default "external" $spec.scope) "internal") -}}
{{- if eq (toString .kind) "Connector" -}}
{{- $hosts := default list $spec.egress -}}
{{- if not $hosts }}{{ $hosts = list (default (include "gateway.providerAddress" $spec.type) $spec.baseAddress) }}{{ end -}}
{{- range $hosts }}{{ $all = append $all (include "gateway.target" (dict "text" . "class" $class) | fromJson) }}{{ end -}}
{{- else if eq (toString .kind) "NotificationChannel" -}}
{{- with $spec.url -}}
{{- if hasPrefix "https://" . }}{{ $all = append $all (include "gateway.target" (dict "text" . "class" $class) | fromJson) }}{{ end -}}
{{- end -}}
{{- with $spec.smtp -}}
{{- $port := default (ternary 465 587 (eq (toString .tls) "implicit")) .port -}}
{{- $all = append $all (include "gateway.target" (dict "text" (printf "%s:%d" .host (int $port)) "class" $class) | fromJson) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}

{{/* A model provider's own address, where a document says none. */}}
{{- define "gateway.providerAddress" -}}
{{- get (dict "openai" "https://api.openai.com" "anthropic" "https://api.anthropic.com") (toString .) -}}
{{- end -}}

{{/* The YAML documents in values. One that is no YAML is validation's to refuse, and comes as its `Error` here. */}}
{{- define "gateway.parsedDocuments" -}}
{{- $all := list -}}
{{- range $file, $text := include "gateway.documents" . | fromJson -}}
{{- range regexSplit "(?m)^---([ \\t\\r].*)?$" (toString $text) -1 -}}
{{- with fromYaml . }}{{ $all = append $all (set . "file" $file) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}

{{/* Host, port and class of `host:port`, of an address, or of what git clones from; an empty host where it is none of these. */}}
{{- define "gateway.target" -}}
{{- $text := toString .text -}}
{{- $ports := dict "https" 443 "http" 80 "ssh" 22 "git" 9418 "" 0 -}}
{{- $scheme := regexFind "^[a-z]+://" $text | trimSuffix "://" -}}
{{- $rest := regexReplaceAll "^[a-z]+://([^/@]*@)?" $text "" -}}
{{- $port := 0 -}}
{{- if and (eq $scheme "") (regexMatch "^[^/@:]+@[^/:]+:" $rest) -}}
{{- $rest = regexReplaceAll "^[^@]*@" $rest "" -}}
{{- $rest = index (splitList ":" $rest) 0 -}}
{{- $port = 22 -}}
{{- end -}}
{{- $authority := index (splitList "/" $rest) 0 -}}
{{- $said := regexFind ":[0-9]+$" $authority | trimPrefix ":" -}}
{{- $host := regexReplaceAll ":[0-9]+$" $authority "" | trimPrefix "[" | trimSuffix "]" | lower -}}
{{- if $said }}{{ $port = atoi $said }}{{ else if $scheme }}{{ $port = default 0 (get $ports $scheme) }}{{ end -}}
{{- dict "host" $host "port" (int $port) "class" .class | toJson -}}
{{- end -}}

{{/* Which namespace a host of the cluster is in; empty for one outside. A name alone is a service beside the release. */}}
{{- define "gateway.namespaceOf" -}}
{{- $labels := splitList "." .host -}}
{{- if regexMatch "\\.svc(\\.cluster\\.local)?\\.?$" .host -}}
{{- regexFind "[^.]+\\.svc(\\.cluster\\.local)?\\.?$" .host | splitList "." | first -}}
{{- else if and (eq (len $labels) 1) (ne .host "localhost") (not (include "gateway.isAddress" .host)) -}}
{{- .root.Release.Namespace -}}
{{- end -}}
{{- end -}}

{{- define "gateway.isAddress" -}}
{{- if or (regexMatch "^[0-9]+(\\.[0-9]+){3}$" .) (contains ":" .) }}yes{{ end -}}
{{- end -}}

{{/* Every target once, sorted, as `host:port`. */}}
{{- define "gateway.egressNames" -}}
{{- $names := list -}}
{{- range include "gateway.egress" . | fromJsonArray -}}
{{- $names = append $names (printf (ternary "[%s]:%d" "%s:%d" (contains ":" .host)) .host (int .port)) -}}
{{- end -}}
{{- uniq $names | sortAlpha | toJson -}}
{{- end -}}
