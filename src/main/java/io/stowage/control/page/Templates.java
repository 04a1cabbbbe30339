package io.stowage.control.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.stowage.protocol.JobView;
import java.util.List;

/** The templates, checked against what they are given when the application is built. */
@CheckedTemplate(basePath = "stowage")
final class Templates {
  private Templates() {}

  static native TemplateInstance login(String next, String problem);

  static native TemplateInstance problem(Frame frame, int status, String message);

  static native TemplateInstance assets(Frame frame, AssetList page);

  static native TemplateInstance lineage(Frame frame);

  static native TemplateInstance asset(Frame frame, AssetPage page);

  static native TemplateInstance runs(Frame frame, RunList page);

  static native TemplateInstance run(Frame frame, RunPage page);

  static native TemplateInstance backfills(Frame frame, BackfillList page);

  static native TemplateInstance backfill(Frame frame, ShownBackfill page, RunList runs);

  static native TemplateInstance queues(Frame frame, QueuesPage page);

  static native TemplateInstance managers(Frame frame, ManagersPage page);

  static native TemplateInstance jobs(Frame frame, List<JobView> jobs);

  static native TemplateInstance job(Frame frame, JobPage page);

  static native TemplateInstance docs(Frame frame, DocsPage page);

  static native TemplateInstance launch(Frame frame, LaunchPage page);
}
