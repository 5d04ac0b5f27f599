using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Adapters;
using Gateway.Gait.Serving;
using Gateway.Gait.Traces;
using Gateway.Policy.Rules;

namespace Gateway.Cli.Commands.Gate;

/// <summary><c>gateway mcp proxy</c>: judges one tool call and signs a trace of it. Executes nothing.</summary>
internal sealed class McpProxyCommand : LeafCommand
{
    private const string Standard = "standard";
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly GovernanceOptions _governance = new();
    private readonly Option<string> _call = new("--call")
    {
        Description = "The tool call, as JSON.",
        HelpName = "file",
        Required = true,
    };
    private readonly Option<string> _adapter = new("--adapter")
    {
        Description = "Whose tool call it is.",
        DefaultValueFactory = _ => "mcp",
    };
    private readonly Option<string> _run = new("--run-id")
    {
        Description = "The run that the call belongs to.",
        HelpName = "run",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _profile = new("--profile")
    {
        Description = "oss-prod asks for the whole context.",
        DefaultValueFactory = _ => Standard,
    };
    private readonly Option<string> _stops = new("--kill-switch-state")
    {
        Description = "The emergency stops; where they can't be read, everything is blocked.",
        HelpName = "file",
    };
    private readonly Option<string> _traces = new("--trace-dir")
    {
        Description = "The folder of the signed traces.",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine(ArtifactPaths.Folder, "mcp-traces"),
    };

    private readonly SigningKeyOptions _keys = new();

    public McpProxyCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "proxy",
            "Judge one tool call; nothing is executed.",
            "gateway mcp proxy --policy gait-out/demo_policy.yaml --call call.json --private-key gait-out/keys/gait_private.key"
        )
    {
        _profile.AcceptOnlyFromAmong(Standard, "oss-prod");
        _adapter.AcceptOnlyFromAmong([.. ToolCallAdapters.Names]);
        foreach (var option in (Option[])[.. _governance.All, _call, _adapter, _run, _profile, _stops, _traces, .. _keys.Signing])
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = _keys.ReadSigning(parsed, Configuration, mayMake: parsed.GetValue(_profile) == Standard);
        var (policy, governed) = _governance.Read(parsed);
        var gate = new CallGate(
            policy.Policy,
            policy.Digest,
            key.Demand(),
            new TraceFolder(parsed.GetRequiredValue(_traces), TimeProvider.System),
            TimeProvider.System
        )
        {
            Governed = governed,
            ExplicitContext = parsed.GetValue(_profile) == "oss-prod",
            KillSwitchFile = parsed.GetValue(_stops),
        };
        var call = ArtifactFile.Read(parsed.GetRequiredValue(_call), MostBytes);
        var decision = await gate.DecideAsync(parsed.GetRequiredValue(_adapter), call, parsed.GetRequiredValue(_run), cancellationToken);
        return Show(decision) with { Warnings = key.Warnings };
    }

    private static CommandResult Show(CallDecision decision)
    {
        var verdict = RuleVerdicts.Word(decision.Subject.Verdict);
        string[] lines = [$"verdict={verdict}", $"reasons={string.Join(',', decision.Subject.ReasonCodes)}", $"trace={decision.TracePath}"];
        var exit = (ExitCode)decision.ExitCode;
        var result =
            exit == ExitCode.Ok
                ? CommandResult.Ok([])
                : CommandResult.Refused(
                    exit,
                    $"The call must not be executed: {verdict}.",
                    "The reasons and the rules that matched are in the answer."
                );
        return result with { Data = decision.ToJson(), Lines = lines };
    }
}
