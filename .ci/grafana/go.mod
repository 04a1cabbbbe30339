module stowage.io/ci/grafana

go 1.24

// Apache 2.0; Grafana itself is under a licence that we do not build from
require github.com/grafana/grafana-foundation-sdk/go v0.0.22
