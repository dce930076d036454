// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The report as one HTML file for people. Stateless; any thread may call it. */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * Draws a report.
   *
   * @return a whole HTML document without references to anything outside of it
   */
  public static String render(LoadReport report) {
    List<Picked> targets = new ArrayList<>();
    report.targets().forEach(target -> targets.add(new Picked(target, targets.size())));
    Markup out = new Markup();
    out.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
    head(out, report);
    out.open("body").element("a", "Skip to the comparison", "class", "skip", "href", "#comparison");
    out.open("main");
    new Headline(report, targets).write(out);
    List<TargetSection> sections = new ArrayList<>();
    targets.forEach(target -> sections.add(new TargetSection(target, report.bound())));
    navigation(out, targets, sections);
    new Comparison(report, targets).write(out);
    sections.forEach(section -> section.write(out));
    new Colophon(report, targets).write(out);
    out.close().open("script").raw(resource("report.js")).close();
    return out.close().close().toString();
  }

  private static void head(Markup out, LoadReport report) {
    out.open("head").empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.empty("link", "rel", "icon", "href", "data:,");
    out.element("title", "Halfsecond load test, " + report.startedAt());
    out.open("style").raw(resource("report.css")).close().close().line();
  }

  private static void navigation(Markup out, List<Picked> targets, List<TargetSection> sections) {
    out.open("nav", "aria-label", "Sections").element("a", "Compared", "href", "#comparison");
    for (Picked target : targets) {
      out.element("a", target.name(), "href", "#" + sections.get(target.index()).id());
    }
    out.element("a", "Every run", "href", "#runs");
    out.element("a", "Environment", "href", "#environment");
    out.element("a", "How to read this", "href", "#reading");
    out.element("button", "Show all tables", "type", "button", "id", "tables", "class", "script");
    out.close().line();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
