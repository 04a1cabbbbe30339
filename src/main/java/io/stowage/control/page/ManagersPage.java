package io.stowage.control.page;

import io.stowage.protocol.IoManagerView;
import java.util.List;

/** IO managers of all queues. */
public record ManagersPage(List<IoManagerView> managers) {}
