package io.stowage.catalog.build;

import io.stowage.catalog.DeclarationData;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticObserver;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.invoke.Invoker;

/**
 * Belongs to one class of assets: adds what the extension found in it to the event. Public, since
 * generated code creates it.
 */
public final class AssetsObserver implements SyntheticObserver<FoundAssets> {
  static final String DECLARATIONS = "declarations";
  static final String INVOKERS = "invokers";
  static final String CLASSES = "classes";
  static final String DEFINITIONS = "definitions";
  static final String DEFINITION_METHODS = "definitionMethods";
  static final String DEFINITION_INVOKERS = "definitionInvokers";

  @Override
  public void observe(EventContext<FoundAssets> event, Parameters parameters) {
    String[] declarations = parameters.get(DECLARATIONS, String[].class);
    Invoker<?, ?>[] invokers = parameters.get(INVOKERS, Invoker[].class);
    for (int i = 0; i < declarations.length; i++) {
      event
          .getEvent()
          .assets()
          .add(
              new FoundAssets.Found(
                  DeclarationData.read(DataText.parse(declarations[i])), invokers[i]));
    }
    String[] definitions = parameters.get(DEFINITIONS, String[].class);
    String[] methods = parameters.get(DEFINITION_METHODS, String[].class);
    Invoker<?, ?>[] definers = parameters.get(DEFINITION_INVOKERS, Invoker[].class);
    for (int i = 0; i < definitions.length; i++) {
      event
          .getEvent()
          .definitions()
          .add(new FoundAssets.FoundDefinition(definitions[i], methods[i], definers[i]));
    }
    for (Class<?> named : parameters.get(CLASSES, Class[].class)) {
      event.getEvent().classes().put(named.getName(), named);
    }
  }
}
