using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Evidence.Approvals;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>The options of <c>gate eval</c>, by the names that Gait has for them.</summary>
internal sealed class GateOptions
{
    private const string DefaultLimitState = "gait-out/gate_rate_limits.json";
    private const string DefaultUsed = "gait-out/used_approvals";

    private readonly Option<string> _policy = File("--policy", "The rule file.", required: true);
    private readonly Option<string> _intent = File("--intent", "The intent, as JSON.", required: true);
    private readonly Option<string> _killSwitch = File("--kill-switch-state", "The emergency stops. One that can't be read stops everything.");
    private readonly Option<string> _context = File("--context-envelope", "The evidence of the context that the agent acts on. Its digest is recomputed.");
    private readonly Option<string> _inventory = File("--wrkr-inventory", "What is known of the tools.");
    private readonly Option<string> _snapshot = File("--mcp-trust-snapshot", "What is known of MCP servers; the policy's own where it isn't given.");
    private readonly Option<string> _server = new("--mcp-server") { Description = "The id of the MCP server that would run the tool.", HelpName = "id" };
    private readonly Option<string> _limits = File("--rate-limit-state", "The counters of the limits.");
    private readonly Option<string> _time = new("--evaluation-time") { Description = "The moment of judging, such as 2026-01-31T12:00:00Z; now where it isn't given. Limits count by the clock.", HelpName = "time" };
    private readonly Option<bool> _simulate = new("--simulate") { Description = "Say what it would be, and let it go. Nothing is counted." };
    private readonly Option<string> _profile = new("--profile") { Description = "What is demanded of the policy.", DefaultValueFactory = _ => Standard };

    private const string Standard = "standard";
    private const string OssProd = "oss-prod";

    private readonly Option<string[]> _approvals = new("--approval-token") { Description = "An approval from gateway approve; may be given again.", HelpName = "file" };
    private readonly Option<string> _approvalChain = new("--approval-token-chain") { Description = "More approvals, with commas between them.", HelpName = "files" };
    private readonly Option<string[]> _approvalKeys = new("--approval-public-key") { Description = "The public key of somebody who may approve; may be given again.", HelpName = "file" };
    private readonly Option<string> _used = new("--used-approvals") { Description = "The folder that notes which approvals were used; the agent mustn't be able to write it.", HelpName = "folder", DefaultValueFactory = _ => DefaultUsed };

    public GateOptions() => _profile.AcceptOnlyFromAmong(Standard, OssProd);

    public Option<bool> Explain { get; } = new("--explain") { Description = "Show what the decision rests on." };

    public IEnumerable<Option> All =>
        [_policy, _intent, _killSwitch, _context, _inventory, _server, _snapshot, _limits, _time, _simulate, _profile, _approvals, _approvalChain, _approvalKeys, _used, Explain];

    /// <exception cref="InvalidInputException">Something can't be read.</exception>
    /// <exception cref="GateBlockedException">It can't be judged, and so is blocked.</exception>
    public GateRequest Read(ParseResult parsed, TimeProvider time)
    {
        var policy = GatePolicy.Read(parsed.GetRequiredValue(_policy));
        var given = parsed.GetValue(_time);
        var now = given is null ? time.GetUtcNow() : Moment(given);
        return new GateRequest
        {
            Policy = policy,
            Intent = GateFiles.Intent(parsed.GetRequiredValue(_intent)),
            Facts = new RuleFacts
            {
                Now = now,
                KillSwitch = GateFiles.KillSwitch(parsed.GetValue(_killSwitch)),
                Evidence = GateFiles.Context(parsed.GetValue(_context), now),
                Inventory = GateFiles.Inventory(parsed.GetValue(_inventory)),
                Mcp = GateFiles.Mcp(parsed.GetValue(_server), parsed.GetValue(_snapshot), policy.Policy),
            },
            Profile = parsed.GetValue(_profile) == Standard ? GateProfile.Standard : GateProfile.OssProd,
            Simulate = parsed.GetValue(_simulate),
            HasGivenTime = given is not null,
            LimitState = parsed.GetValue(_limits) ?? DefaultLimitState,
            Approvals = Approvals(parsed),
        };
    }

    private GateApprovals? Approvals(ParseResult parsed)
    {
        string[] files = [.. parsed.GetValue(_approvals) ?? [], .. (parsed.GetValue(_approvalChain) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var keys = parsed.GetValue(_approvalKeys) ?? [];
        return files.Length == 0 ? null
            : keys.Length == 0 ? throw new InvalidInputException("An approval can't be checked without a public key of who may approve.", "Name its file with --approval-public-key.")
            : new GateApprovals(
                [.. files.Select(file => ArtifactFile.Read(file, ApprovalVerifier.MaxBytes))],
                [.. keys.Select(SigningKeyOptions.ReadPublicFile)],
                new UsedApprovals(parsed.GetRequiredValue(_used)));
    }

    private static DateTimeOffset Moment(string text) => GoTime.TryParse(text, out var moment) && !moment.IsZero
        ? new DateTimeOffset(moment.Utc, TimeSpan.Zero)
        : throw new InvalidInputException("--evaluation-time isn't a moment.", "Write it like 2026-01-31T12:00:00Z.");

    private static Option<string> File(string name, string description, bool required = false) =>
        new(name) { Description = description, HelpName = "file", Required = required };
}
