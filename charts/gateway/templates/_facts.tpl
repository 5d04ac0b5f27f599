{{/* What the values come to, once for all templates: JSON of name and truth. files/inert.yaml goes by these names, too. */}}
{{- define "gateway.facts" -}}
{{- $v := .Values -}}
{{- $several := or $v.autoscaling.enabled (gt (int $v.replicaCount) 1) -}}
{{- $outside := ne $v.service.type "ClusterIP" -}}
{{- $operators := or (ne $v.administration.tlsSecret "") (gt (len $v.administration.tlsProxies) 0) -}}
{{- dict
  "several" $several
  "autoscaling" $v.autoscaling.enabled
  "fixed" (not $v.autoscaling.enabled)
  "tagged" (eq $v.image.digest "")
  "disruptions" (and $several $v.podDisruptionBudget.enabled)
  "redis" (gt (len $v.redis.endpoints) 0)
  "sentinels" (ne $v.redis.sentinel "")
  "redisSecret" (ne $v.redis.existingSecret "")
  "redisTls" $v.redis.tls.enabled
  "redisTlsSecret" (ne $v.redis.tls.existingSecret "")
  "postgres" (ne $v.postgres.host "")
  "postgresSecret" (ne $v.postgres.existingSecret "")
  "postgresTls" $v.postgres.tls.enabled
  "postgresPlain" (not $v.postgres.tls.enabled)
  "postgresTlsSecret" (ne $v.postgres.tls.existingSecret "")
  "files" (or (gt (len $v.vault.secrets) 0) (gt (len $v.vault.volume) 0))
  "sharedVault" (or (gt (len $v.vault.secrets) 0) (gt (len $v.vault.volume) 0) (ne $v.vault.environmentSecret ""))
  "vaultToken" (ne $v.vault.token.audience "")
  "git" (ne $v.governance.gitSync.repository "")
  "gitSecret" (ne $v.governance.gitSync.existingSecret "")
  "persistence" $v.persistence.enabled
  "archive" (gt (len $v.journal.archive) 0)
  "outside" $outside
  "loadBalancer" (eq $v.service.type "LoadBalancer")
  "ingress" $v.ingress.enabled
  "httpRoute" $v.httpRoute.enabled
  "operators" $operators
  "serviceMonitor" $v.metrics.serviceMonitor.enabled
  "podMonitor" $v.metrics.podMonitor.enabled
  "dashboards" $v.dashboards.enabled
  "alerts" $v.alerts.enabled
  "otel" (ne $v.otel.endpoint "")
  "policy" $v.networkPolicy.enabled
  "operatorsPolicy" (and $v.networkPolicy.enabled $operators)
  "serviceAccount" $v.serviceAccount.create
| toJson -}}
{{- end -}}
