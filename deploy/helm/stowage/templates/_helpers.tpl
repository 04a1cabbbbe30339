{{- define "stowage.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "stowage.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "stowage.labels" -}}
{{ include "stowage.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "stowage.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "stowage.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (ternary (include "stowage.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "stowage.url" -}}
http://{{ include "stowage.name" . }}.{{ .Release.Namespace }}.svc:{{ .Values.serve.service.port }}
{{- end }}

{{/* What the restricted pod security standard asks of a pod. */}}
{{- define "stowage.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* … and of a container. */}}
{{- define "stowage.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* Where the control plane's tables are. */}}
{{- define "stowage.databaseVariables" -}}
{{- $address := printf "postgresql://%s:%v/%s" .Values.database.host .Values.database.port .Values.database.name }}
{{- $options := ternary "" (printf "?%s" .Values.database.options) (empty .Values.database.options) }}
- {name: QUARKUS_DATASOURCE_REACTIVE_URL, value: {{ printf "%s%s" $address $options | quote }}}
- {name: QUARKUS_DATASOURCE_JDBC_URL, value: {{ printf "jdbc:%s%s" $address $options | quote }}}
- {name: QUARKUS_DATASOURCE_USERNAME, valueFrom: {secretKeyRef: {name: {{ .Values.database.secret | quote }}, key: username}}}
- {name: QUARKUS_DATASOURCE_PASSWORD, valueFrom: {secretKeyRef: {name: {{ .Values.database.secret | quote }}, key: password}}}
{{- end }}

{{/* Plain variables of a pool or of serve, over those of all. Call with (dict "root" $ "own" .settings). */}}
{{- define "stowage.settings" -}}
{{- range $name, $value := merge (deepCopy (.own | default dict)) (deepCopy .root.Values.settings) }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}

{{- define "stowage.secretSettings" -}}
{{- with .Values.secretSettings }}
envFrom:
  - secretRef: {name: {{ . | quote }}}
{{- end }}
{{- end }}

{{/* The container of a worker. Call with (dict "root" $ "pool" . "args" list). */}}
{{- define "stowage.workerContainer" -}}
name: worker
image: {{ include "stowage.image" .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: {{ toJson .args }}
env:
  - {name: STOWAGE_CONTROL_URL, value: {{ include "stowage.url" .root | quote }}}
  - {name: STOWAGE_CONTROL_TOKEN_FILE, value: /etc/stowage/token/token}
  - {name: STOWAGE_HOME, value: /tmp/stowage}
  - {name: QUARKUS_HTTP_HOST, value: 0.0.0.0}
  {{- with .pool.slots }}
  - {name: STOWAGE_WORKER_SLOTS, value: {{ . | quote }}}
  {{- end }}
  {{- with .pool.graceSeconds }}
  - {name: STOWAGE_WORKER_GRACE, value: {{ printf "%vs" . | quote }}}
  {{- end }}
  {{- include "stowage.settings" (dict "root" .root "own" .pool.settings) | nindent 2 }}
{{- include "stowage.secretSettings" .root | nindent 0 }}
securityContext: {{- include "stowage.containerSecurity" .root | nindent 2 }}
resources: {{- toYaml (.pool.resources | default (dict "requests" (dict "cpu" "500m" "memory" "256Mi") "limits" (dict "memory" "1Gi"))) | nindent 2 }}
volumeMounts:
  - {name: token, mountPath: /etc/stowage/token, readOnly: true}
  - {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "stowage.workerVolumes" -}}
- name: token
  secret:
    secretName: {{ .Values.tokens.worker.secret | default .Values.tokens.secret | quote }}
    items: [{key: {{ .Values.tokens.worker.key | quote }}, path: token}]
    defaultMode: 0440
- {name: tmp, emptyDir: {}}
{{- end }}

{{- define "stowage.podRest" -}}
serviceAccountName: {{ include "stowage.serviceAccount" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "stowage.podSecurity" .root | nindent 2 }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .placed.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .placed.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .placed.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
