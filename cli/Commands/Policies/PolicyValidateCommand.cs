using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Authoring.Gaps;
using Gateway.Cli.Arguments;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway policy validate</c>: every error at once, with its place and how to mend it; then what agents can't do.</summary>
internal sealed class PolicyValidateCommand : LeafCommand
{
    private readonly Argument<string> _folder = PathArgument.Create(
        "PATH",
        "A rule file, or the folder of the documents; the configured one where it isn't given.",
        required: false
    );

    public PolicyValidateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "validate",
            "Compile a rule file or the governance documents and show everything that is wrong with them.",
            "gateway policy validate governance"
        ) => Add(_folder);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(_folder) ?? LocalInstance.Open(Configuration).GovernanceFolder;
        if (File.Exists(folder))
        {
            return Task.FromResult(OfRules(GatePolicy.Read(folder)));
        }

        var snapshot = Governance.Compile(folder, out var files);
        var agents = snapshot.Tenants.Sum(tenant => snapshot.Find(tenant)!.Agents.Count);
        var gaps = AgentGap.Of(snapshot, TimeProvider.System.GetUtcNow()).ToList();
        return Task.FromResult(
            CommandResult.Ok(
                new()
                {
                    ["folder"] = folder,
                    ["files"] = files,
                    ["tenants"] = snapshot.Tenants.Count,
                    ["agents"] = agents,
                    ["revision"] = snapshot.Revision.ToString(),
                    ["gaps"] = new JsonArray([.. gaps.Select(Describe)]),
                },
                [
                    $"{files} files, {snapshot.Tenants.Count} tenants, {agents} agents: no errors. Revision {snapshot.Revision}.",
                    .. gaps.Select(gap => $"{gap.Text} {gap.Remedy}"),
                ]
            ) with
            {
                Warnings = [.. LongToolName.Of(snapshot).Select(name => name.Text)],
            }
        );
    }

    private static JsonNode Describe(AgentGap gap) =>
        new JsonObject
        {
            ["tenant"] = gap.Tenant.ToString(),
            ["agent"] = gap.Agent.ToString(),
            ["operations"] = new JsonArray([.. gap.Operations.Select(operation => (JsonNode)operation)]),
            ["reason"] = Reasons.Of(gap.Reason).Code,
            ["remedy"] = gap.Remedy,
        };

    private static CommandResult OfRules(GatePolicy read)
    {
        var summary =
            $"{read.Policy.Rules.Count} rules, default {RuleVerdicts.Word(read.Policy.DefaultVerdict)}: no errors. Digest {read.Digest}.";
        var data = read.Describe();
        data["summary"] = summary;
        return CommandResult.Ok(data, summary);
    }
}
