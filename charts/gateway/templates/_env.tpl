{{/* Variables: where keys and passwords are, and what isn't the same for all replicas. All other settings are in appsettings.json. */}}
{{- define "gateway.env" -}}
{{ include "gateway.ownEnv" . }}
{{- with .root.Values.extraEnv }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end -}}

{{- define "gateway.ownEnv" -}}
{{- $v := .root.Values -}}
{{- $is := include "gateway.facts" .root | fromJson -}}
- {name: DOTNET_CONTENTROOT, value: /etc/gateway/settings}
{{- range include "gateway.keyNames" .root | fromJsonArray }}
- {name: {{ . }}_FILE, value: /etc/gateway/keys/{{ . }}}
{{- end }}
{{- if $is.redisSecret }}
- {name: REDIS_PASSWORD_FILE, value: {{ printf "/etc/gateway/redis/%s" $v.redis.passwordKey | quote }}}
{{- with $v.redis.sentinelPasswordKey }}
- {name: REDIS_SENTINEL_PASSWORD_FILE, value: {{ printf "/etc/gateway/redis/%s" . | quote }}}
{{- end }}
{{- end }}
{{- if $is.postgresSecret }}
- {name: POSTGRES_PASSWORD_FILE, value: {{ printf "/etc/gateway/postgres/%s" $v.postgres.passwordKey | quote }}}
{{- end }}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
{{- if $is.several }}
- name: Gateway__Peers__Address
  value: {{ printf "http://$(POD_NAME).%s-peers.%s.svc:9091" (include "gateway.fullname" .root) .root.Release.Namespace }}
{{- end }}
{{- if $is.otel }}
- {name: OTEL_SERVICE_NAME, value: {{ include "gateway.fullname" .root }}}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "service.instance.id=$(POD_NAME),k8s.pod.name=$(POD_NAME),k8s.namespace.name={{ .root.Release.Namespace }}"
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ $v.otel.endpoint | quote }}}
- {name: OTEL_EXPORTER_OTLP_PROTOCOL, value: {{ $v.otel.protocol | quote }}}
- {name: OTEL_TRACES_SAMPLER, value: parentbased_traceidratio}
- {name: OTEL_TRACES_SAMPLER_ARG, value: {{ $v.otel.traceRatio | quote }}}
{{- with $v.otel.headersSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: {secretKeyRef: {name: {{ . }}, key: headers}}
{{- end }}
{{- if $v.otel.caSecret }}
- {name: OTEL_EXPORTER_OTLP_CERTIFICATE, value: /etc/gateway/otel/ca.crt}
{{- end }}
{{- end }}
{{- end -}}
