{{/* What is wrong with the values, a list in JSON for each subject. */}}

{{/* The value at a dotted path. */}}
{{- define "gateway.valueAt" -}}
{{- $at := .root.Values -}}
{{- range splitList "." .path }}{{ $at = get $at . }}{{ end -}}
{{- dict "value" $at | toJson -}}
{{- end -}}

{{- define "gateway.problems.inert" -}}
{{- $problems := list -}}
{{- $is := include "gateway.facts" . | fromJson -}}
{{- range .Files.Get "files/inert.yaml" | fromYamlArray -}}
{{- $rule := . -}}
{{- if not (get $is .unless) -}}
{{- range $path, $default := .values -}}
{{- $value := include "gateway.valueAt" (dict "root" $ "path" $path) | fromJson -}}
{{- if ne (toJson $value.value) (toJson $default) -}}
{{- $problems = append $problems (printf "%s: changes nothing as it stands. Set %s, or leave it out." $path $rule.set) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if not .Values.enabled -}}
{{- $problems = append $problems "enabled: false leaves the chart out only as the condition of a chart above it. Name it there." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Several replicas share nothing by themselves. */}}
{{- define "gateway.problems.replicas" -}}
{{- $v := .Values -}}
{{- $is := include "gateway.facts" . | fromJson -}}
{{- $problems := list -}}
{{- $count := ternary "autoscaling.enabled: " (printf "replicaCount: %d " (int $v.replicaCount)) $v.autoscaling.enabled -}}
{{- if $is.several -}}
{{- if not $is.redis -}}
{{- $problems = append $problems (printf
  "%sreplicas need Redis: a nonce used at one would be new at another. Set redis.endpoints."
  $count) -}}
{{- end -}}
{{- if not $is.postgres -}}
{{- $problems = append $problems (printf
  "%sreplicas need PostgreSQL: a key revoked at one would hold at another. Set postgres.host."
  $count) -}}
{{- end -}}
{{- if not $is.sharedVault -}}
{{- $problems = append $problems (printf
  (print
    "%sreplicas need secrets that all can read: the local vault is on one volume. Set vault.secrets, vault.volume or "
    "vault.environmentSecret.")
  $count) -}}
{{- end -}}
{{- range include "gateway.parsedDocuments" . | fromJsonArray -}}
{{- if contains "vault://local/" (toJson (default dict .spec)) -}}
{{- $problems = append $problems (printf
  (print
    "governance.documents: %s in '%s' takes a secret from vault://local/, which each replica has for itself. Name "
    "vault://files/ or vault://environment/.")
  (default "a document" .kind) .file) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- $problems = append $problems "autoscaling.minReplicas: is more than autoscaling.maxReplicas." -}}
{{- end -}}
{{- $fewest := int (ternary $v.autoscaling.minReplicas $v.replicaCount $v.autoscaling.enabled) -}}
{{- $away := int $v.podDisruptionBudget.maxUnavailable -}}
{{- if and $is.disruptions (gt $away 1) (ge $away $fewest) -}}
{{- $problems = append $problems "podDisruptionBudget.maxUnavailable: would let all replicas go at once." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Where one of several sources must be chosen, or a connection would be refused at the start. */}}
{{- define "gateway.problems.sources" -}}
{{- $v := .Values -}}
{{- $is := include "gateway.facts" . | fromJson -}}
{{- $problems := list -}}
{{- $governance := list -}}
{{- if $v.governance.documents }}{{ $governance = append $governance "governance.documents" }}{{ end -}}
{{- if $v.governance.existingConfigMap }}{{ $governance = append $governance "governance.existingConfigMap" }}{{ end -}}
{{- if $v.governance.volume }}{{ $governance = append $governance "governance.volume" }}{{ end -}}
{{- if $is.git }}{{ $governance = append $governance "governance.gitSync.repository" }}{{ end -}}
{{- if gt (len $governance) 1 -}}
{{- $problems = append $problems (printf "%s: only one of them can be where the documents are. Keep one." (join ", " $governance)) -}}
{{- end -}}
{{- if and $is.redis $v.redis.cluster $v.redis.sentinel -}}
{{- $problems = append $problems "redis.cluster, redis.sentinel: a cluster has no sentinels. Keep one." -}}
{{- end -}}
{{- $elsewhere := and $is.redis (or $v.redis.sentinel $v.redis.cluster) -}}
{{- if and $elsewhere $v.networkPolicy.enabled (not $v.redis.ports) (not $v.networkPolicy.egress.rules) -}}
{{- $problems = append $problems (printf "%s %s"
  "redis.ports: sentinels and clusters name servers at other ports, which the network policy would cut off."
  "Name them, such as 6379.") -}}
{{- end -}}
{{- if and $is.postgres $is.postgresPlain (not $v.postgres.allowUnencrypted) -}}
{{- $problems = append $problems (print
  "postgres.tls.enabled: PostgreSQL on another machine is refused without TLS. Set it, or postgres.allowUnencrypted "
  "where the network itself is encrypted.") -}}
{{- end -}}
{{- $taken := list "password" "host" "server" "port" "database" "username" "user id" "user name" "ssl mode" "sslmode" "passfile" -}}
{{- range $name, $_ := $v.postgres.parameters -}}
{{- if has (lower $name) $taken -}}
{{- $problems = append $problems (printf "postgres.parameters.%s: has a value of its own beside it, or its secret. Set that." $name) -}}
{{- end -}}
{{- end -}}
{{- if and $v.vault.secrets $v.vault.volume -}}
{{- $problems = append $problems "vault.secrets, vault.volume: both would be the folder of vault://files/. Keep one." -}}
{{- end -}}
{{- if and (eq $v.governance.gitSync.auth "ssh") $is.gitSecret (hasPrefix "http" $v.governance.gitSync.repository) -}}
{{- $problems = append $problems "governance.gitSync.auth: a repository by https takes no key of ssh. Set it to password." -}}
{{- end -}}
{{- if and (eq $v.governance.gitSync.auth "password") $is.gitSecret (not (hasPrefix "http" $v.governance.gitSync.repository)) -}}
{{- $problems = append $problems "governance.gitSync.auth: a repository by ssh takes no password. Set it to ssh." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Who comes in, and by what. */}}
{{- define "gateway.problems.entrances" -}}
{{- $v := .Values -}}
{{- $problems := list -}}
{{- if and $v.ingress.enabled (not $v.ingress.hosts) -}}
{{- $problems = append $problems "ingress.hosts: is empty. Name each host: a signature is only good for one that Gateway knows." -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.hostnames) -}}
{{- $problems = append $problems (print
  "httpRoute.hostnames: is empty. Name each host: a signature is only good for one that Gateway knows.") -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) -}}
{{- $problems = append $problems "httpRoute.parentRefs: is empty. Name the gateways that the route belongs to." -}}
{{- end -}}
{{- if and $v.administration.tlsSecret $v.administration.tlsProxies -}}
{{- $problems = append $problems "administration.tlsSecret, administration.tlsProxies: one of them ends TLS. Keep one." -}}
{{- end -}}
{{- if and $v.metrics.serviceMonitor.enabled $v.metrics.podMonitor.enabled -}}
{{- $problems = append $problems "metrics.serviceMonitor, metrics.podMonitor: everything would be counted twice. Keep one." -}}
{{- end -}}
{{- range $v.networkPolicy.egress.hosts -}}
{{- if gt (atoi (regexFind "[0-9]+$" .)) 65535 -}}
{{- $problems = append $problems (printf "networkPolicy.egress.hosts: '%s' has no port that there is." .) -}}
{{- end -}}
{{- end -}}
{{- if and $v.dashboards.enabled (not (.Files.Glob "files/dashboards/*.json")) -}}
{{- $problems = append $problems "dashboards.enabled: this copy of the chart was packed without its files/dashboards." -}}
{{- end -}}
{{- if and $v.alerts.enabled (not (.Files.Get "files/alerts.yaml")) -}}
{{- $problems = append $problems "alerts.enabled: this copy of the chart was packed without its files/alerts.yaml." -}}
{{- end -}}
{{- if hasKey .Values.podAnnotations "gateway/settings" -}}
{{- $problems = append $problems "podAnnotations: gateway/settings is where the settings are. Leave it out." -}}
{{- end -}}
{{- range $label, $_ := $v.podLabels -}}
{{- if has $label (list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component") -}}
{{- $problems = append $problems (printf "podLabels: %s is what services and policies find the pods by. Leave it out." $label) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "gateway.problems.documents" -}}
{{- $problems := list -}}
{{- $bytes := 0 -}}
{{- range $file, $text := .Values.governance.documents -}}
{{- $bytes = add $bytes (len $text) -}}
{{- if contains "__" $file -}}
{{- $problems = append $problems (printf
  "governance.documents: '%s' has two underscores, which stand for a folder. Name it otherwise."
  $file) -}}
{{- end -}}
{{- end -}}
{{- if gt $bytes 1000000 -}}
{{- $problems = append $problems (printf
  "governance.documents: %d bytes don't go into a ConfigMap. Use governance.gitSync or governance.volume."
  $bytes) -}}
{{- end -}}
{{- range include "gateway.parsedDocuments" . | fromJsonArray -}}
{{- if .Error -}}
{{- $problems = append $problems (printf "governance.documents: '%s' is no YAML: %s" .file .Error) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* A variable of the chart's own, or of a setting that would count in the place of a value's. */}}
{{- define "gateway.problems.variables" -}}
{{- $problems := list -}}
{{- $taken := list "ASPNETCORE_CONTENTROOT" "ASPNETCORE_URLS" "ASPNETCORE_HTTP_PORTS" "DOTNET_URLS" "URLS" "DOTNET_STARTUP_HOOKS" -}}
{{- $keys := list "DATA_ENCRYPTION_KEY" "DECISION_SIGNING_KEY" "BEARER_KEY_PEPPER" "LOG_SIGNING_KEY" "MASTER_KEY" -}}
{{- range concat $keys (list "REDIS_PASSWORD" "REDIS_SENTINEL_PASSWORD" "POSTGRES_PASSWORD") -}}
{{- $taken = append (append $taken .) (printf "%s_FILE" .) -}}
{{- end -}}
{{- range include "gateway.ownEnv" (dict "root" .) | fromYamlArray }}{{ $taken = append $taken .name }}{{ end -}}
{{- range .Values.extraEnv -}}
{{- $name := .name -}}
{{- if or (regexMatch "^GATEWAY(__|:)" (upper $name)) (has (upper $name) $taken) (has $name $taken) (regexMatch "^(DOTNET_ENABLEDIAGNOSTICS|CORECLR_|COMPLUS_)" (upper $name)) -}}
{{- $problems = append $problems (printf
  "extraEnv: %s would count in the place of what other values set. Set those, or settings."
  $name) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
