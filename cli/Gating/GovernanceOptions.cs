using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Governing;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Gating;

/// <summary>By what calls are judged that nothing is carried out for: a rule file, an agent's governance, or both.</summary>
internal sealed class GovernanceOptions
{
    private readonly Option<string> _policy = new("--policy") { Description = "The rule file.", HelpName = "file" };

    private readonly Option<string> _folder = new("--governance")
    {
        Description = "The folder of governance documents, by whose controls calls are judged too. Needs --agent.",
        HelpName = "folder",
    };

    private readonly Option<Id<Agent>> _agent = NameOptions.Of<Agent>("--agent", "The agent of the governance that calls are judged as.");

    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>("--tenant", "The agent's tenant, where there are several.");

    private readonly Option<string> _strength = new("--strength")
    {
        Description = "How you had the agent prove itself. A bearer key opens less than a signed request.",
    };

    public GovernanceOptions() => _strength.AcceptOnlyFromAmong("bearer", "signed");

    public IEnumerable<Option> All => [_policy, _folder, _agent, _tenant, _strength];

    /// <summary>The rules, bound to the governance where there is one, so that no approval of one counts for the other.</summary>
    /// <exception cref="InvalidInputException">Neither is given, one has errors, or there is no such agent.</exception>
    public (GatePolicy Policy, GovernedAgent? Governed) Read(ParseResult parsed)
    {
        var policy = parsed.GetValue(_policy) is { } file ? GatePolicy.Read(file) : null;
        if (parsed.GetValue(_folder) is { } folder)
        {
            var governed = ReadAgent(parsed, folder);
            policy ??= GatePolicy.Silent;
            return (policy with { Digest = governed.Bind(policy.Digest) }, governed);
        }

        foreach (var option in (Option[])[_agent, _tenant, _strength])
        {
            if (parsed.GetResult(option) is not null)
            {
                throw new InvalidInputException($"{option.Name} says nothing without --governance.", "Name the documents' folder too.");
            }
        }

        return policy is not null
            ? (policy, null)
            : throw new InvalidInputException(
                "There is nothing to judge by.",
                "Name a rule file with --policy, or documents with --governance and --agent."
            );
    }

    private GovernedAgent ReadAgent(ParseResult parsed, string folder)
    {
        var agent = parsed.GetResult(_agent) is null
            ? throw new InvalidInputException("--governance needs the agent that calls are judged as.", "Name it with --agent.")
            : parsed.GetValue(_agent);
        var snapshot = Governance.Compile(folder);
        var tenant = Tenant(parsed, snapshot);
        var strength = parsed.GetValue(_strength) == "signed" ? AuthStrength.Signed : AuthStrength.Bearer;
        var dossier = Governance.Demand(snapshot, tenant, agent);
        return new GovernedAgent(snapshot, snapshot.Find(tenant)!, dossier, strength);
    }

    private Id<Tenant> Tenant(ParseResult parsed, Snapshot snapshot) =>
        parsed.GetResult(_tenant) is not null ? parsed.GetValue(_tenant)
        : snapshot.Tenants is [var only] ? only
        : throw new InvalidInputException(
            $"The governance documents have several tenants: {string.Join(", ", snapshot.Tenants)}.",
            "Name the agent's with --tenant."
        );
}
