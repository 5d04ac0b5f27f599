using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Authoring.Simulation;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Simulating;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Policies;

/// <summary>
/// <c>gateway policy simulate</c>: judges the actions of the past by changed documents, and shows every decision that would be another one,
/// by its causes. Of two rule files it does so with intents in files.
/// </summary>
internal sealed class PolicySimulateCommand : LeafCommand
{
    private readonly Option<string> _baseline = new("--baseline")
    {
        Description = "The folder of the documents as they are, or a rule file.",
        Required = true,
    };
    private readonly Option<string?> _candidate = new("--candidate")
    {
        Description = "The folder of the documents as they would be; the baseline's shadow documents where it isn't given.",
    };
    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "The rule file as it would be, where the baseline is a rule file.",
    };
    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "A journal's folder: the root, one tenant's, or one log's.",
    };
    private readonly Option<string[]> _fixtures = new("--fixtures")
    {
        Description = "Files of decisions' records, one a line; for rule files intents, or folders of intents, also with commas between.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int> _examples = new("--examples")
    {
        Description = "How many examples to show of each group.",
        DefaultValueFactory = _ => 5,
    };
    private readonly Option<bool> _fail = new("--fail-on-change")
    {
        Description = "End with 5 when a decision would change or can't be told.",
    };

    public PolicySimulateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "simulate",
            "Show which decisions of the past changed documents would change.",
            "gateway policy simulate --baseline governance --candidate proposed --journal data/journal"
        )
    {
        _examples.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var count) || count is < 0 or > 1000))
            {
                result.AddError("--examples takes a number from 0 to 1000.");
            }
        });
        foreach (var option in new Option[] { _baseline, _candidate, _policy, _journal, _fixtures, _examples, _fail })
        {
            Add(option);
        }
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_policy) is { } policy)
        {
            return Task.FromResult(OfRules(parsed, policy));
        }

        var baseline = Governance.Compile(parsed.GetRequiredValue(_baseline));
        var candidate = parsed.GetValue(_candidate) is { } folder ? Governance.Compile(folder) : ShadowOf(baseline);
        var source = new RecordedActions(
            new PolicySimulation(baseline, candidate, parsed.GetValue(_examples)),
            new Progress(Console.Error, Console.IsErrorRedirected),
            tenant => DemandSimulation(baseline, tenant)
        );
        switch (parsed.GetValue(_journal), parsed.GetValue(_fixtures))
        {
            case ({ } journal, null or []):
                source.ReadJournal(journal, cancellationToken);
                break;
            case (null, { Length: > 0 } fixtures):
                source.ReadFixtures(fixtures, cancellationToken);
                break;
            default:
                throw new InvalidInputException("It needs a journal or fixtures, and not both.", "Give --journal DIR or --fixtures FILE.");
        }

        return Task.FromResult(
            Judge(
                source,
                new JsonObject { ["baseline"] = baseline.Revision.ToString(), ["candidate"] = candidate.Revision.ToString() },
                parsed.GetValue(_fail)
            )
        );
    }

    /// <summary>
    /// Of the documents as they are, and of those in force where an instance is set up here: whoever gives the baseline may have written
    /// it.
    /// </summary>
    private void DemandSimulation(Snapshot baseline, Id<Tenant> tenant)
    {
        const string What = "its journal";
        new TenantEntitlements(baseline).Demand(tenant, Entitlement.Simulation, What);
        if (Configuration.HasInstance)
        {
            TenantEntitlements.Of(LocalInstance.Open(Configuration)).Demand(tenant, Entitlement.Simulation, What);
        }
    }

    private CommandResult OfRules(ParseResult parsed, string policy)
    {
        if (parsed.GetValue(_candidate) is not null || parsed.GetValue(_journal) is not null)
        {
            throw new InvalidInputException(
                "--policy compares rule files, which judge no journal.",
                "Give --baseline FILE, --policy FILE and --fixtures DIR; for documents --candidate DIR."
            );
        }

        var intents = ArtifactPaths.ResolveAll(string.Join(',', parsed.GetValue(_fixtures) ?? []), "*.json");
        if (intents.Count == 0)
        {
            throw new InvalidInputException("There are no intents to judge.", "Give --fixtures DIR, a folder of *.json, or files.");
        }

        var simulation = new RuleSimulation(GatePolicy.Read(parsed.GetRequiredValue(_baseline)), GatePolicy.Read(policy));
        simulation.Judge(intents, TimeProvider.System.GetUtcNow());
        var result = simulation.Result();
        return parsed.GetValue(_fail) && simulation.Changed > 0
            ? result with
            {
                Exit = ExitCode.RegressionFailed,
                Errors = [new CommandError($"{simulation.Changed} decisions would change.")],
            }
            : result;
    }

    private static Snapshot ShadowOf(Snapshot baseline) =>
        baseline.Shadow
        ?? throw new InvalidInputException(
            "There is no --candidate, and the baseline has no shadow documents.",
            "Give --candidate DIR, or write 'shadow: true' into a document's metadata."
        );

    private static CommandResult Judge(RecordedActions source, JsonObject data, bool failOnChange)
    {
        var report = source.Simulation.Report();
        SimulationJson.Write(data, report, source);
        var result = CommandResult.Ok(data, [.. SimulationLines.Of(report)]) with { Warnings = source.Warnings };
        if (source.Problem is { } problem)
        {
            return result with
            {
                Exit = ExitCode.VerificationFailed,
                Errors = [new CommandError(problem.ToString(), "What stands behind it was not judged. Run 'gateway verify'.")],
            };
        }

        return failOnChange && report.Changed + report.Undetermined > 0
            ? result with
            {
                Exit = ExitCode.RegressionFailed,
                Errors = [new CommandError($"{report.Changed} decisions would change, {report.Undetermined} can't be told.")],
            }
            : result;
    }
}
