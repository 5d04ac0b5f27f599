{{/* Where the documents come from: values unless an existing ConfigMap, a volume or a repository is named. */}}
{{- define "gateway.governanceSource" -}}
{{- $g := .Values.governance -}}
{{- if $g.gitSync.repository }}git
{{- else if $g.volume }}volume
{{- else if $g.existingConfigMap }}existing
{{- else }}values
{{- end -}}
{{- end -}}

{{- define "gateway.governancePath" -}}
{{- if .Values.governance.gitSync.repository -}}
/etc/gateway/governance/current{{ with .Values.governance.gitSync.path }}/{{ . }}{{ end }}
{{- else -}}
/etc/gateway/governance
{{- end -}}
{{- end -}}

{{/* File name and text of each document in values; without any there is a tenant that nobody may do anything in. */}}
{{- define "gateway.documents" -}}
{{- if ne (include "gateway.governanceSource" .) "values" -}}
{}
{{- else if .Values.governance.documents -}}
{{- toJson .Values.governance.documents -}}
{{- else -}}
{{- dict "tenant.yaml" (.Files.Get "files/tenant.yaml") | toJson -}}
{{- end -}}
{{- end -}}

{{/* A ConfigMap's keys have no folders: the volume's items put them back. */}}
{{- define "gateway.documentKey" -}}
{{- replace "/" "__" . -}}
{{- end -}}

{{- define "gateway.governanceVolume" -}}
name: governance
{{- $source := include "gateway.governanceSource" .root }}
{{- if eq $source "git" }}
emptyDir: {sizeLimit: 256Mi}
{{- else if eq $source "volume" }}
{{- toYaml .root.Values.governance.volume | nindent 0 }}
{{- else if eq $source "existing" }}
configMap:
  name: {{ .root.Values.governance.existingConfigMap }}
{{- else }}
configMap:
  name: {{ .documents }}
  items:
    {{- range $file, $_ := include "gateway.documents" .root | fromJson }}
    - {key: {{ include "gateway.documentKey" $file | quote }}, path: {{ $file | quote }}}
    {{- end }}
{{- end }}
{{- end -}}

{{/* git-sync: beside Gateway from before it starts, or once before a check. */}}
{{- define "gateway.gitSync" -}}
{{- $root := .root -}}
{{- with .root.Values.governance.gitSync -}}
name: git-sync
image: {{ .image }}
{{- if not $.once }}
restartPolicy: Always
{{- end }}
args:
  - --repo={{ .repository }}
  - --ref={{ .ref }}
  - --root=/etc/gateway/governance
  - --link=current
  - --depth=1
  {{- if $.once }}
  - --one-time
  {{- else }}
  - --period={{ .period }}
  - --max-failures=-1
  - --http-bind=:9092
  {{- end }}
  {{- if and .existingSecret (eq .auth "ssh") }}
  - --ssh-key-file=/etc/git-secret/ssh
  - --ssh-known-hosts-file=/etc/git-secret/known_hosts
  {{- else if .existingSecret }}
  - --password-file=/etc/git-secret/password
env:
  - name: GITSYNC_USERNAME
    valueFrom: {secretKeyRef: {name: {{ .existingSecret }}, key: username}}
  {{- end }}
{{- if not $.once }}
ports:
  - {name: git-sync, containerPort: 9092}
startupProbe: # Gateway starts behind the first documents.
  httpGet: {path: /, port: git-sync}
  periodSeconds: 2
  failureThreshold: 150
{{- end }}
resources:
  {{- toYaml .resources | nindent 2 }}
securityContext:
  {{- include "gateway.containerSecurity" $root | nindent 2 }}
  {{- if $root.Values.securityContext.runAsUser }}
  runAsUser: 65533 # Its image's: git wants a user whom the system knows.
  {{- end }}
volumeMounts:
  - {name: governance, mountPath: /etc/gateway/governance}
  - {name: git-tmp, mountPath: /tmp}
  {{- if .existingSecret }}
  - {name: git-secret, mountPath: /etc/git-secret, readOnly: true}
  {{- end }}
{{- end -}}
{{- end -}}
