using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Brokers;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>The options of <c>gate eval</c>, by the names that Gait has for them.</summary>
internal sealed class GateOptions
{
    private const string DefaultLimitState = "gait-out/gate_rate_limits.json";

    private readonly GovernanceOptions _governance = new();
    private readonly Option<string> _intent = File("--intent", "The intent, as JSON.", required: true);
    private readonly Option<string> _killSwitch = File(
        "--kill-switch-state",
        "The emergency stops. One that can't be read stops everything."
    );
    private readonly Option<string> _context = File(
        "--context-envelope",
        "The evidence of the context that the agent acts on. Its digest is recomputed."
    );
    private readonly Option<string> _inventory = File("--wrkr-inventory", "What is known of the tools.");
    private readonly Option<string> _snapshot = File(
        "--mcp-trust-snapshot",
        "What is known of MCP servers; the policy's own where it isn't given."
    );
    private readonly Option<string> _server = new("--mcp-server")
    {
        Description = "The id of the MCP server that would run the tool.",
        HelpName = "id",
    };
    private readonly Option<string> _limits = File("--rate-limit-state", "The counters of the limits.");
    private readonly Option<string> _time = new("--evaluation-time")
    {
        Description = "The moment of judging, such as 2026-01-31T12:00:00Z; now where it isn't given. Limits count by the clock.",
        HelpName = "time",
    };
    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Say what it would be, and let it go. Nothing is counted.",
    };
    private readonly Option<string> _profile = new("--profile")
    {
        Description = "What is demanded of the policy.",
        DefaultValueFactory = _ => Standard,
    };

    private readonly Option<string> _traces = new("--trace-dir")
    {
        Description = "The folder of the signed traces.",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine(ArtifactPaths.Folder, "gate-traces"),
    };
    private readonly Option<string> _trace = File("--trace-out", "Another file for the signed trace.");

    private readonly SigningKeyOptions _keys = new();
    private readonly GateTokenOptions _tokens = new();
    private readonly BrokerOptions _broker = new();
    private readonly Option<string> _used = new("--used-tokens")
    {
        Description = "The folder that remembers which approvals were used.",
        HelpName = "folder",
    };

    private const string Standard = "standard";
    private const string OssProd = "oss-prod";

    public GateOptions() => _profile.AcceptOnlyFromAmong(Standard, OssProd);

    public Option<bool> Explain { get; } = new("--explain") { Description = "Show what the decision rests on." };

    public IEnumerable<Option> All =>
        [
            .. _governance.All,
            _intent,
            _killSwitch,
            _context,
            _inventory,
            _server,
            _snapshot,
            _limits,
            _time,
            _simulate,
            _profile,
            _traces,
            _trace,
            .. _keys.Signing,
            .. _tokens.All,
            .. _broker.All,
            _used,
            Explain,
        ];

    /// <exception cref="InvalidInputException">Something can't be read.</exception>
    /// <exception cref="GateBlockedException">It can't be judged, and so is blocked.</exception>
    public GateRequest Read(ParseResult parsed, CommandConfiguration configuration, TimeProvider time)
    {
        var (policy, governed) = _governance.Read(parsed);
        var given = parsed.GetValue(_time);
        var now = given is null ? time.GetUtcNow() : Moment(given);
        var intent = ArtifactFile.Read(parsed.GetRequiredValue(_intent), IntentReader.MaxBytes);
        var profile = parsed.GetValue(_profile) == Standard ? GateProfile.Standard : GateProfile.OssProd;
        var key = _keys.ReadSigning(parsed, configuration, mayMake: profile == GateProfile.Standard);
        var copy = parsed.GetValue(_trace);
        if (copy is not null && key.Key is null && profile == GateProfile.Standard)
        {
            throw new InvalidInputException(
                "--trace-out needs a key to sign the trace with.",
                "Name its file with --private-key, or write --key-mode dev."
            );
        }

        return new GateRequest
        {
            Policy = policy,
            Governed = governed,
            Intent = IntentReader.Read(intent),
            IntentBytes = intent,
            Facts = new RuleFacts
            {
                Now = now,
                KillSwitch = GateFiles.KillSwitch(parsed.GetValue(_killSwitch)),
                Evidence = DemandedFiles.Context(parsed.GetValue(_context), now),
                Inventory = DemandedFiles.Inventory(parsed.GetValue(_inventory)),
                Mcp = GateFiles.Mcp(parsed.GetValue(_server), parsed.GetValue(_snapshot), policy.Policy),
            },
            Profile = profile,
            Simulate = parsed.GetValue(_simulate),
            HasGivenTime = given is not null,
            Tokens = _tokens.Read(parsed, configuration),
            UsedTokens = parsed.GetValue(_used) ?? Path.Combine(ArtifactPaths.Folder, "used-approvals"),
            LimitState = parsed.GetValue(_limits) ?? DefaultLimitState,
            Key = key.Key,
            IsDevelopment = key.IsDevelopment,
            Warnings = key.Warnings,
            Traces = parsed.GetRequiredValue(_traces),
            TraceCopy = copy,
            Broker = _broker.Read(parsed, configuration),
        };
    }

    private static DateTimeOffset Moment(string text) =>
        GoTime.TryParse(text, out var moment) && !moment.IsZero
            ? new DateTimeOffset(moment.Utc, TimeSpan.Zero)
            : throw new InvalidInputException("--evaluation-time isn't a moment.", "Write it like 2026-01-31T12:00:00Z.");

    private static Option<string> File(string name, string description, bool required = false) =>
        new(name)
        {
            Description = description,
            HelpName = "file",
            Required = required,
        };
}
