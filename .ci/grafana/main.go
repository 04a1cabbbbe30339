// Reads dashboards as Grafana's own definitions have them: each field known, of its type and within its range, panels and queries too.
// Ends with 1 and a line for each fault.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	faults := 0
	for _, name := range os.Args[1:] {
		found := read(name)
		for _, fault := range found {
			fmt.Printf("%s: %s\n", name, fault)
		}
		if len(found) == 0 {
			fmt.Printf("%s: valid\n", name)
		}
		faults += len(found)
	}
	if faults > 0 || len(os.Args) == 1 {
		os.Exit(1)
	}
}

func read(name string) []string {
	raw, err := os.ReadFile(name)
	if err != nil {
		return []string{err.Error()}
	}
	var read dashboard.Dashboard
	return append(texts(read.UnmarshalJSONStrict(raw)), texts(read.Validate())...)
}

// The definitions' own reader gives an empty list for "no fault", not nil.
func texts(err error) []string {
	var list cog.BuildErrors
	if errors.As(err, &list) {
		var texts []string
		for _, each := range list {
			texts = append(texts, each.Error())
		}
		return texts
	}
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}
