{{/*
Every secret that is mounted, as JSON: volume, secret, folder, and its items where not all of it is wanted.
All are there already: one that the chart made would have other keys at each rendering.
*/}}
{{- define "gateway.secrets" -}}
{{- $v := .Values -}}
{{- $all := list (dict "volume" "keys" "secret" (include "gateway.keysSecret" .) "folder" "/etc/gateway/keys"
  "items" (include "gateway.keyNames" . | fromJsonArray)) -}}
{{- with $v.redis.existingSecret -}}
{{- $items := list $v.redis.passwordKey -}}
{{- with $v.redis.sentinelPasswordKey }}{{ $items = append $items . }}{{ end -}}
{{- $all = append $all (dict "volume" "redis" "secret" . "folder" "/etc/gateway/redis" "items" (uniq $items)) -}}
{{- end -}}
{{- with $v.postgres.existingSecret -}}
{{- $all = append $all (dict "volume" "postgres" "secret" . "folder" "/etc/gateway/postgres" "items" (list $v.postgres.passwordKey)) -}}
{{- end -}}
{{- range $name, $tls := dict "redis-tls" $v.redis.tls "postgres-tls" $v.postgres.tls -}}
{{- if $tls.existingSecret -}}
{{- $items := ternary (list "ca.crt" "tls.crt" "tls.key") (list "ca.crt") $tls.clientCertificate -}}
{{- $all = append $all (dict "volume" $name "secret" $tls.existingSecret "folder" (printf "/etc/gateway/%s" $name) "items" $items) -}}
{{- end -}}
{{- end -}}
{{- with $v.administration.tlsSecret -}}
{{- $all = append $all (dict "volume" "operators" "secret" . "folder" "/etc/gateway/operators" "items" (list "tls.crt" "tls.key")) -}}
{{- end -}}
{{- with $v.otel.caSecret -}}
{{- $all = append $all (dict "volume" "otel" "secret" . "folder" "/etc/gateway/otel" "items" (list "ca.crt")) -}}
{{- end -}}
{{- range $tenant, $secret := $v.vault.secrets -}}
{{- $volume := printf "vault-%s" (sha256sum $tenant | trunc 10) -}}
{{- $all = append $all (dict "volume" $volume "secret" $secret "folder" (printf "/etc/gateway/vault/%s" $tenant)) -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}

{{- define "gateway.keyNames" -}}
{{- if .Values.keys.fromMaster -}}
{{- list "DATA_ENCRYPTION_KEY" "DECISION_SIGNING_KEY" "MASTER_KEY" | toJson -}}
{{- else -}}
{{- list "BEARER_KEY_PEPPER" "DATA_ENCRYPTION_KEY" "DECISION_SIGNING_KEY" "LOG_SIGNING_KEY" | toJson -}}
{{- end -}}
{{- end -}}

{{- define "gateway.secretMounts" -}}
{{- range include "gateway.secrets" . | fromJsonArray }}
- {name: {{ .volume }}, mountPath: {{ .folder }}, readOnly: true}
{{- end }}
{{- end -}}

{{/* Readable for the group alone, which fsGroup says. */}}
{{- define "gateway.secretVolumes" -}}
{{- range include "gateway.secrets" . | fromJsonArray }}
- name: {{ .volume }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 288 # 0440, which not every reader of YAML takes for octal
    optional: false
    {{- with .items }}
    items:
      {{- range . }}
      - {key: {{ . | quote }}, path: {{ . | quote }}}
      {{- end }}
    {{- end }}
{{- end }}
{{- with .Values.governance.gitSync.existingSecret }}
- name: git-secret
  secret: {secretName: {{ . }}, defaultMode: 288, optional: false}
{{- end }}
{{- end -}}
