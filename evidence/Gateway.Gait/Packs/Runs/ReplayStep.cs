namespace Gateway.Gait.Packs.Runs;

/// <summary>One intent, replayed.</summary>
/// <param name="Status">The recorded result's; <c>ok</c> for a stub, <c>missing</c> for none.</param>
/// <param name="Execution"><c>recorded</c>, <c>stubbed</c> or <c>missing</c>.</param>
/// <param name="StubType"><c>http</c>, <c>file</c>, <c>db</c> or <c>queue</c>; empty where nothing was stubbed.</param>
/// <param name="ResultDigest">Empty where there is no result.</param>
public sealed record ReplayStep(string IntentId, string ToolName, string Status, string Execution, string StubType, string ResultDigest);
