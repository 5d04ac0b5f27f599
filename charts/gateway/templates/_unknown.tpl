{{/*
The part of the values whose names the schema doesn't know: settings. files/settings.yaml has the product's own, which a test holds against
the code. A name that isn't among them is said with the nearest one; one that other values set, with these.
*/}}
{{- define "gateway.problems.settings" -}}
{{- $problems := list -}}
{{- $known := .Files.Get "files/settings.yaml" | fromYaml -}}
{{- $others := .Files.Get "files/set-by-values.yaml" | fromYaml -}}
{{- range $section, $settings := default dict .Values.settings.Gateway -}}
{{- if not (hasKey $known $section) -}}
{{- $near := include "gateway.nearest" (dict "name" $section "known" (keys $known)) -}}
{{- $problems = append $problems (printf "settings.Gateway.%s: there is no such section. Did you mean %s?" $section $near) -}}
{{- else if not (kindIs "map" $settings) -}}
{{- $problems = append $problems (printf "settings.Gateway.%s: holds settings and is none itself." $section) -}}
{{- else -}}
{{- range $name, $_ := $settings -}}
{{- $path := printf "%s.%s" $section $name -}}
{{- if hasKey $others $path -}}
{{- $problems = append $problems (printf "settings.Gateway.%s: is what %s sets. Set that." $path (get $others $path)) -}}
{{- else if not (has $name (get $known $section)) -}}
{{- $near := include "gateway.nearest" (dict "name" $name "known" (get $known $section)) -}}
{{- $problems = append $problems (printf "settings.Gateway.%s: there is no such setting. Did you mean %s.%s?" $path $section $near) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "gateway.nearest" -}}
{{- $best := "" -}}
{{- $least := 1000 -}}
{{- range sortAlpha .known -}}
{{- $steps := include "gateway.steps" (dict "from" (lower $.name) "to" (lower .)) | atoi -}}
{{- if lt $steps $least }}{{ $least = $steps }}{{ $best = . }}{{ end -}}
{{- end -}}
{{- $best -}}
{{- end -}}

{{/* Letters to add, drop or change to get from one name to the other (Levenshtein). */}}
{{- define "gateway.steps" -}}
{{- $to := splitList "" .to -}}
{{- $row := untilStep 0 (int (add1 (len $to))) 1 -}}
{{- range $i, $letter := splitList "" .from -}}
{{- $next := list (add1 $i) -}}
{{- range $j, $other := $to -}}
{{- $changed := add (index $row $j) (ternary 0 1 (eq $letter $other)) -}}
{{- $next = append $next (min $changed (add1 (index $row (int (add1 $j)))) (add1 (last $next))) -}}
{{- end -}}
{{- $row = $next -}}
{{- end -}}
{{- last $row -}}
{{- end -}}
