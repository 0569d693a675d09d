package dev.tandem.socketio;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The same in {@code /custom}. */
@Alternative
@Singleton
class CustomEchoNamespace extends EchoNamespace {

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.named("/custom");
    }
}
