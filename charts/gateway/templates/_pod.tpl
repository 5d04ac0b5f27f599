{{/* The pod of a replica and, with `check`, of the check before an upgrade: settings, secrets and documents are the same. */}}
{{- define "gateway.podSpec" -}}
{{- $v := .root.Values -}}
{{- $is := include "gateway.facts" .root | fromJson -}}
{{- $git := eq (include "gateway.governanceSource" .root) "git" -}}
automountServiceAccountToken: false
{{- if not .check }}
serviceAccountName: {{ include "gateway.serviceAccountName" .root }}
terminationGracePeriodSeconds: {{ add $v.drainSeconds $v.graceSeconds 10 }}
{{- end }}
enableServiceLinks: false # Their variables would be taken for settings.
securityContext:
  {{- include "gateway.podSecurity" .root | nindent 2 }}
{{- with concat $v.image.pullSecrets (default list $v.global.imagePullSecrets) }}
imagePullSecrets:
  {{- range . }}
  - name: {{ if kindIs "map" . }}{{ .name }}{{ else }}{{ . }}{{ end }}
  {{- end }}
{{- end }}
dnsConfig:
  options:
    - {name: ndots, value: "2"}
{{- if .check }}
restartPolicy: Never
{{- end }}
{{- if $git }}
initContainers:
  - {{ include "gateway.gitSync" (dict "root" .root "once" .check) | nindent 4 | trim }}
{{- end }}
containers:
  - name: {{ ternary "check" "gateway" .check }}
    image: {{ include "gateway.image" .root }}
    imagePullPolicy: {{ $v.image.pullPolicy }}
    args: {{ ternary (list "config" "check") (list "serve") .check | toJson }}
    env:
      {{- include "gateway.env" . | nindent 6 }}
    {{- with $v.vault.environmentSecret }}
    envFrom:
      - {prefix: GATEWAY_SECRET_, secretRef: {name: {{ . }}}} # Or whoever fills it could set any variable.
    {{- end }}
    {{- if not .check }}
    ports:
      - {name: agents, containerPort: 8080}
      {{- if $is.operators }}
      - {name: operators, containerPort: 8090}
      {{- end }}
      - {name: management, containerPort: {{ int $v.management.port }}}
      {{- if $is.several }}
      - {name: peers, containerPort: 9091}
      {{- end }}
    startupProbe:
      httpGet: {path: /livez, port: management}
      {{- toYaml $v.probes.startup | nindent 6 }}
    livenessProbe:
      httpGet: {path: /livez, port: management}
      {{- toYaml $v.probes.liveness | nindent 6 }}
    readinessProbe:
      httpGet: {path: /readyz, port: management}
      {{- toYaml $v.probes.readiness | nindent 6 }}
    {{- end }}
    resources:
      {{- toYaml $v.resources | nindent 6 }}
    securityContext:
      {{- include "gateway.containerSecurity" .root | nindent 6 }}
    volumeMounts:
      - {name: data, mountPath: /var/lib/gateway}
      - {name: settings, mountPath: /etc/gateway/settings, readOnly: true}
      - {name: governance, mountPath: /etc/gateway/governance, readOnly: true}
      {{- include "gateway.secretMounts" .root | nindent 6 }}
      {{- if $v.vault.volume }}
      - {name: vault, mountPath: /etc/gateway/vault, readOnly: true}
      {{- end }}
      {{- if $is.archive }}
      - {name: archive, mountPath: /var/lib/gateway-archive}
      {{- end }}
      {{- with $v.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
  {{- if not .check }}
  {{- with $v.extraContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- end }}
volumes:
  {{- if or .check (not $is.persistence) }}
  - {name: data, emptyDir: {}}
  {{- end }}
  # Of this very pod: one of the version before that is made anew in the middle of an upgrade has the settings of its version.
  - name: settings
    downwardAPI:
      items:
        - {path: appsettings.json, fieldRef: {fieldPath: "metadata.annotations['gateway/settings']"}}
  - {{ include "gateway.governanceVolume" . | nindent 4 | trim }}
  {{- if $git }}
  - {name: git-tmp, emptyDir: {sizeLimit: 64Mi}}
  {{- end }}
  {{- include "gateway.secretVolumes" .root | nindent 2 }}
  {{- with $v.vault.volume }}
  - name: vault
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and $is.archive .check }}
  - {name: archive, emptyDir: {}}
  {{- else if $is.archive }}
  - name: archive
    {{- toYaml $v.journal.archive | nindent 4 }}
  {{- end }}
  {{- if and $is.vaultToken (not .check) }}
  - name: vault-token
    projected:
      sources:
        - serviceAccountToken:
            path: token
            audience: {{ $v.vault.token.audience | quote }}
            expirationSeconds: {{ int $v.vault.token.expirationSeconds }}
  {{- end }}
  {{- with $v.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- include "gateway.placement" . }}
{{- end -}}

{{/* Pod Security `restricted`, whatever the values are: only who runs it can be said. */}}
{{- define "gateway.podSecurity" -}}
runAsNonRoot: true
{{- range $name, $value := .Values.securityContext }}
{{- if not (kindIs "invalid" $value) }}
{{ $name }}: {{ int64 $value }}
{{- end }}
{{- end }}
{{- if .Values.securityContext.fsGroup }}
fsGroupChangePolicy: OnRootMismatch # A long journal's files are not all touched at each start.
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "gateway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "gateway.placement" -}}
{{- $v := .root.Values -}}
{{- with $v.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $v.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $v.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- if not .check }}
{{- with $v.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- if $v.topologySpreadConstraints }}
  {{- toYaml $v.topologySpreadConstraints | nindent 2 }}
  {{- else }}
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "gateway.selector" $.root | nindent 8 }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end -}}
