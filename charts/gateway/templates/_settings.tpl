{{/* appsettings.json. What a value sets can't be set by `settings` too: validation refuses that. */}}
{{- define "gateway.settings" -}}
{{- $own := include "gateway.ownSettings" . | fromJson -}}
{{- $given := deepCopy .Values.settings -}}
{{- mergeOverwrite (dict "Logging" (dict "Console" (dict "FormatterName" "json"))) $given $own | toPrettyJson -}}
{{- end -}}

{{- define "gateway.seconds" -}}
{{- printf "%02d:%02d:%02d" (div . 3600) (div (mod . 3600) 60) (mod . 60) -}}
{{- end -}}

{{/* What the chart itself sets: `urls` at the top, as the host reads it, the rest under `Gateway`. */}}
{{- define "gateway.ownSettings" -}}
{{- $v := .Values -}}
{{- $is := include "gateway.facts" . | fromJson -}}
{{- $replicas := ternary $v.autoscaling.maxReplicas $v.replicaCount $v.autoscaling.enabled | int -}}
{{- $g := dict
  "Data" (dict "Path" "/var/lib/gateway" "Replicas" $replicas)
  "Governance" (dict "Path" (include "gateway.governancePath" .))
  "Management" (dict "Url" (printf "http://0.0.0.0:%d" (int $v.management.port)))
  "FrontDoor" (dict
    "Authorities" (include "gateway.authorities" . | fromJsonArray)
    "Drain" (include "gateway.seconds" (int $v.drainSeconds))
    "Grace" (include "gateway.seconds" (int $v.graceSeconds)))
  "Administration" (include "gateway.administrationSettings" . | fromJson)
  "State" (include "gateway.stateSettings" . | fromJson)
  "Store" (include "gateway.storeSettings" . | fromJson)
-}}
{{- with $v.trustedProxies }}{{ $_ := set $g.FrontDoor "TrustedProxies" . }}{{ end -}}
{{- if $is.several }}{{ $_ := set $g "Peers" (dict "Url" "http://0.0.0.0:9091") }}{{ end -}}
{{- if $is.files }}{{ $_ := set $g "Credentials" (dict "MountedFiles" "/etc/gateway/vault") }}{{ end -}}
{{- $journal := dict -}}
{{- with $v.journal.retention }}{{ $_ := set $journal "Retention" . }}{{ end -}}
{{- with $v.journal.keepLocal }}{{ $_ := set $journal "KeepLocal" . }}{{ end -}}
{{- if $is.archive }}{{ $_ := set $journal "Archive" "/var/lib/gateway-archive" }}{{ end -}}
{{- with $journal }}{{ $_ := set $g "Journal" . }}{{ end -}}
{{- dict "urls" "http://0.0.0.0:8080" "Gateway" $g | toJson -}}
{{- end -}}

{{- define "gateway.administrationSettings" -}}
{{- $v := .Values.administration -}}
{{- $is := include "gateway.facts" . | fromJson -}}
{{- $s := dict "Urls" "http://127.0.0.1:8090" -}}
{{- $names := $v.authorities -}}
{{- if $is.operators -}}
{{- $bare := ternary 80 443 (eq $v.tlsSecret "") -}}
{{- $own := include "gateway.serviceNames" (dict "root" . "suffix" "-operators" "port" $v.port "bare" $bare) -}}
{{- $names = concat $names (fromJsonArray $own) -}}
{{- end -}}
{{- with $names }}{{ $_ := set $s "Authorities" (uniq .) }}{{ end -}}
{{- with $v.publicUrl }}{{ $_ := set $s "PublicUrl" . }}{{ end -}}
{{- if $v.tlsSecret -}}
{{- $_ := set $s "Urls" "https://0.0.0.0:8090" -}}
{{- $_ := set $s "Certificate" "/etc/gateway/operators/tls.crt" -}}
{{- $_ := set $s "CertificateKey" "/etc/gateway/operators/tls.key" -}}
{{- else if $v.tlsProxies -}}
{{- $_ := set $s "Urls" "http://0.0.0.0:8090" -}}
{{- $_ := set $s "TlsProxies" $v.tlsProxies -}}
{{- end -}}
{{- toJson $s -}}
{{- end -}}

{{- define "gateway.stateSettings" -}}
{{- $v := .Values.redis -}}
{{- $s := dict "Kind" "memory" -}}
{{- if $v.endpoints -}}
{{- $s = dict "Kind" "redis" "Endpoints" $v.endpoints "Cluster" $v.cluster "Tls" $v.tls.enabled -}}
{{- with $v.sentinel }}{{ $_ := set $s "Sentinel" . }}{{ end -}}
{{- with $v.user }}{{ $_ := set $s "User" . }}{{ end -}}
{{- with $v.sentinelUser }}{{ $_ := set $s "SentinelUser" . }}{{ end -}}
{{- with $v.keyPrefix }}{{ $_ := set $s "KeyPrefix" . }}{{ end -}}
{{- $s = merge $s (include "gateway.tlsFiles" (dict "tls" $v.tls "folder" "/etc/gateway/redis-tls") | fromJson) -}}
{{- end -}}
{{- toJson $s -}}
{{- end -}}

{{- define "gateway.storeSettings" -}}
{{- $v := .Values.postgres -}}
{{- $s := dict "Kind" "sqlite" -}}
{{- if $v.host -}}
{{- $connection := list
  (printf "Host=%s" $v.host)
  (printf "Port=%d" (int $v.port))
  (printf "Database=%s" $v.database)
  (printf "Username=%s" $v.username) -}}
{{- range $name, $value := $v.parameters }}{{ $connection = append $connection (printf "%s=%v" $name $value) }}{{ end -}}
{{- $s = dict "Kind" "postgres" "Connection" (join ";" $connection) "Tls" $v.tls.enabled -}}
{{- if $v.allowUnencrypted }}{{ $_ := set $s "AllowUnencrypted" true }}{{ end -}}
{{- $s = merge $s (include "gateway.tlsFiles" (dict "tls" $v.tls "folder" "/etc/gateway/postgres-tls") | fromJson) -}}
{{- end -}}
{{- toJson $s -}}
{{- end -}}

{{- define "gateway.tlsFiles" -}}
{{- $s := dict -}}
{{- if .tls.existingSecret -}}
{{- $_ := set $s "TlsCaFile" (printf "%s/ca.crt" .folder) -}}
{{- if .tls.clientCertificate -}}
{{- $_ := set $s "TlsCertificateFile" (printf "%s/tls.crt" .folder) -}}
{{- $_ := set $s "TlsKeyFile" (printf "%s/tls.key" .folder) -}}
{{- end -}}
{{- end -}}
{{- toJson $s -}}
{{- end -}}

{{/* By which names a client in the cluster may call a service; without the port where that is the scheme's own. */}}
{{- define "gateway.serviceNames" -}}
{{- $name := printf "%s%s" (include "gateway.fullname" .root) (default "" .suffix) -}}
{{- $ns := .root.Release.Namespace -}}
{{- $port := ternary "" (printf ":%d" (int .port)) (eq (int .port) (int .bare)) -}}
{{- $names := list -}}
{{- range list $name (printf "%s.%s" $name $ns) (printf "%s.%s.svc" $name $ns) (printf "%s.%s.svc.cluster.local" $name $ns) -}}
{{- $names = append $names (printf "%s%s" . $port) -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- define "gateway.authorities" -}}
{{- $names := .Values.authorities -}}
{{- if not $names -}}
{{- $names = include "gateway.serviceNames" (dict "root" . "port" .Values.service.port "bare" 80) | fromJsonArray -}}
{{- end -}}
{{- if .Values.ingress.enabled }}{{ $names = concat $names .Values.ingress.hosts }}{{ end -}}
{{- if .Values.httpRoute.enabled }}{{ $names = concat $names .Values.httpRoute.hostnames }}{{ end -}}
{{- uniq $names | toJson -}}
{{- end -}}
