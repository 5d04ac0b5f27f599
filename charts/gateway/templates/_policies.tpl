{{- define "gateway.testPeer" -}}
- podSelector:
    matchLabels:
      {{- include "gateway.sideSelector" (dict "root" . "component" "test") | nindent 6 }}
{{- end -}}

{{/* What goes out by the plain policy: name servers, replicas, namespaces, addresses, and by port what it can't name. */}}
{{- define "gateway.plainEgress" -}}
{{- $dns := .Values.networkPolicy.dns -}}
{{- $rules := list -}}
{{- $ports := dict "own" list "public" list -}}
{{- range include "gateway.egress" . | fromJsonArray -}}
{{- $port := list (dict "port" (int .port) "protocol" "TCP") -}}
{{- $namespace := include "gateway.namespaceOf" (dict "root" $ "host" .host) -}}
{{- if $namespace -}}
{{- $to := dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" $namespace)) -}}
{{- $rules = append $rules (dict "to" (list $to) "ports" $port) -}}
{{- else if include "gateway.isAddress" .host -}}
{{- $cidr := printf "%s/%d" .host (ternary 128 32 (contains ":" .host)) -}}
{{- $rules = append $rules (dict "to" (list (dict "ipBlock" (dict "cidr" $cidr))) "ports" $port) -}}
{{- else if ne .host "localhost" -}}
{{- $_ := set $ports .class (append (get $ports .class) (int .port) | uniq) -}}
{{- end -}}
{{- end -}}
{{- $ranges := .Files.Get "files/ranges.yaml" | fromYaml -}}
{{- range $class, $all := $ports -}}
{{- if $all -}}
{{- $to := list -}}
{{- range $cidr, $except := get $ranges $class }}{{ $to = append $to (dict "ipBlock" (dict "cidr" $cidr "except" $except)) }}{{ end -}}
{{- $each := list -}}
{{- range $all }}{{ $each = append $each (dict "port" . "protocol" "TCP") }}{{ end -}}
{{- $rules = append $rules (dict "to" $to "ports" $each) -}}
{{- end -}}
{{- end -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ $dns.namespace }}}}
  ports:
    - {port: {{ int $dns.port }}, protocol: UDP}
    - {port: {{ int $dns.port }}, protocol: TCP}
{{- if (include "gateway.facts" . | fromJson).several }}
- to:
    - podSelector:
        matchLabels:
          {{- include "gateway.selector" . | nindent 10 }}
  ports:
    - {port: 9091, protocol: TCP}
{{- end }}
{{- with uniq $rules }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* One rule to one system outside, or in the cluster, as a JSON list of none or one. */}}
{{- define "gateway.plainTarget" -}}
{{- $target := include "gateway.target" (dict "text" .text "class" "public") | fromJson -}}
{{- $namespace := include "gateway.namespaceOf" (dict "root" .root "host" $target.host) -}}
{{- $to := list -}}
{{- if $namespace -}}
{{- $to = list (dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" $namespace))) -}}
{{- else if include "gateway.isAddress" $target.host -}}
{{- $to = list (dict "ipBlock" (dict "cidr" (printf "%s/%d" $target.host (ternary 128 32 (contains ":" $target.host))))) -}}
{{- else -}}
{{- range $cidr, $except := get (.root.Files.Get "files/ranges.yaml" | fromYaml) "public" -}}
{{- $to = append $to (dict "ipBlock" (dict "cidr" $cidr "except" $except)) -}}
{{- end -}}
{{- end -}}
{{- list (dict "to" $to "ports" (list (dict "port" (int $target.port) "protocol" "TCP"))) | toJson -}}
{{- end -}}

{{/* The same by Cilium's: hosts by name, which it learns from the answers of the name servers. */}}
{{- define "gateway.ciliumEgress" -}}
{{- $dns := .Values.networkPolicy.dns -}}
{{- $rules := list -}}
{{- range include "gateway.egress" . | fromJsonArray -}}
{{- $ports := list (dict "ports" (list (dict "port" (toString .port) "protocol" "TCP"))) -}}
{{- $namespace := include "gateway.namespaceOf" (dict "root" $ "host" .host) -}}
{{- if $namespace -}}
{{- $labels := dict "k8s:io.kubernetes.pod.namespace" $namespace -}}
{{- $rules = append $rules (dict "toEndpoints" (list (dict "matchLabels" $labels)) "toPorts" $ports) -}}
{{- else if include "gateway.isAddress" .host -}}
{{- $rules = append $rules (dict "toCIDR" (list (printf "%s/%d" .host (ternary 128 32 (contains ":" .host)))) "toPorts" $ports) -}}
{{- else if ne .host "localhost" -}}
{{- $rules = append $rules (dict "toFQDNs" (list (dict "matchName" .host)) "toPorts" $ports) -}}
{{- end -}}
{{- end -}}
- toEndpoints:
    - matchLabels: {k8s:io.kubernetes.pod.namespace: {{ $dns.namespace }}}
  toPorts:
    - ports:
        - {port: {{ $dns.port | quote }}, protocol: ANY}
      rules:
        dns: [{matchPattern: "*"}]
{{- if (include "gateway.facts" . | fromJson).several }}
- toEndpoints:
    - matchLabels:
        {{- include "gateway.selector" . | nindent 8 }}
  toPorts:
    - ports:
        - {port: "9091", protocol: TCP}
{{- end }}
{{- with uniq $rules }}
{{ toYaml . }}
{{- end }}
{{- end -}}
