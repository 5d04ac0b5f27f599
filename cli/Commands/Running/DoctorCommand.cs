using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Diagnosis;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Commands.Running;

/// <summary>
/// <c>gateway doctor</c>: what is wrong with this environment, and how to mend it. Changes nothing, and can run beside an instance.
/// </summary>
internal sealed class DoctorCommand : LeafCommand
{
    private readonly Option<bool> _production = new("--production-readiness")
    {
        Description = "Judge as for production, also where no instance is set up yet.",
    };

    public DoctorCommand(CommandConfiguration configuration)
        : base(configuration, "doctor", "Look for what is wrong with this environment, and say how to mend it.", "gateway doctor --json") =>
        Add(_production);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var context = DoctorContext.Read(Configuration);
        var withoutInstance = !Configuration.HasInstance && !parsed.GetValue(_production);
        IReadOnlyList<Finding> findings =
        [
            .. await StartChecks.SettingsAsync(context),
            .. StartChecks.Keys(context),
            .. FileChecks.KeyFiles(context),
            .. StartChecks.Governance(context),
            FileChecks.DataFolder(context),
            .. FileChecks.DiskRoom(context),
            .. EvidenceChecks.Journal(context),
            .. StoreChecks.Vault(context),
            .. await StoreChecks.StoreAsync(context, cancellationToken),
            .. await StoreChecks.SharedStateAsync(context),
            .. await PortChecks.PortsAsync(context, cancellationToken),
            .. await CollectorChecks.CollectorsAsync(context, cancellationToken),
        ];
        return withoutInstance ? ShowWithoutInstance(findings) : Show(findings);
    }

    /// <summary>No instance is set up: what production lacks is told, and only what hinders the commands themselves is wrong.</summary>
    private static CommandResult ShowWithoutInstance(IReadOnlyList<Finding> findings)
    {
        string[] lacks =
        [
            .. findings
                .Where(finding => finding.Status == FindingStatus.Fail)
                .Select(finding => finding.Check)
                .Distinct(StringComparer.Ordinal),
        ];
        var result = Show([FileChecks.OutputFolder(), .. findings.Select(finding => finding.WithoutInstance())]);
        result.Data["instance_configured"] = false;
        result.Data["production_lacks"] = lacks.ToJson();
        return result with
        {
            Lines =
            [
                .. result.Lines,
                "No instance is set up here: demo, verify, gate eval and the like work without one. "
                    + $"Production lacks: {string.Join(", ", lacks)}.",
            ],
        };
    }

    private static CommandResult Show(IReadOnlyList<Finding> findings)
    {
        var failed = findings.Where(finding => finding.Status == FindingStatus.Fail).ToList();
        var warned = findings.Count(finding => finding.Status == FindingStatus.Warn);
        var summary = $"{findings.Count - failed.Count - warned} passed, {warned} warnings, {failed.Count} failed.";
        return new CommandResult
        {
            Exit = failed.Count == 0 ? ExitCode.Ok : ExitCode.VerificationFailed,
            Data = new()
            {
                ["status"] =
                    failed.Count > 0 ? "fail"
                    : warned > 0 ? "warn"
                    : "pass",
                ["summary"] = summary,
                ["fix_commands"] = new JsonArray([
                    .. findings
                        .Where(finding => finding.Remedy.Length > 0)
                        .Select(finding => finding.Remedy)
                        .Distinct(StringComparer.Ordinal)
                        .Select(remedy => (JsonNode)ProgramName.In(remedy)),
                ]),
                ["checks"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding.ToJson())]),
            },
            Table = Columns.Of(
                ["CHECK", "STATUS", "FOUND"],
                findings.Select(finding =>
                    (IReadOnlyList<string>)
                        [finding.Check, finding.Word, finding.Remedy.Length == 0 ? finding.Message : $"{finding.Message} {finding.Remedy}"]
                )
            ),
            Lines = [summary],
            Errors = [.. failed.Select(finding => new CommandError($"{finding.Check}: {finding.Message}", finding.Remedy))],
        };
    }
}
