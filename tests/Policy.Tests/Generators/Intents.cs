using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random intents and facts. Some name an agent, an operation or a workspace that isn't there.</summary>
internal static class Intents
{
    private static readonly string[] Arguments =
    [
        "",
        "{",
        "[]",
        """{"amount": 0.5}""",
        """{"amount": 500, "currency": "EUR"}""",
        """{"Amount": 1, "amount": 1}""",
        """{"order": {"total": 1}, "items": [{"price": 900}], "currency": "USD"}""",
    ];

    public static readonly Gen<Facts> Facts =
        from status in Gen.Frequency(
            (20, Gen.Constant<LifecycleStatus?>(null)),
            (1, Gen.Constant<LifecycleStatus?>(LifecycleStatus.Suspended))
        )
        from day in Gen.Choose(0, 6)
        from minute in Gen.Choose(0, 1439)
        from level in Gen.Frequency(
            (20, Gen.Constant<AtfLevel?>(null)),
            (1, Gen.Elements<AtfLevel?>(AtfLevel.Unassigned, AtfLevel.L1, AtfLevel.L2))
        )
        select new Facts(status, new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddMinutes(minute), level);

    public static Gen<Intent> Of(IReadOnlyList<AgentDossier> agents, IReadOnlyList<Connector> connectors) =>
        from agent in Gen.Elements(
            Enumerable.Repeat(agents.Select(a => a.Agent.Id), 8).SelectMany(a => a).Append(Id<Agent>.Parse("stranger")).ToArray()
        )
        from lost in Worlds.Rarely(20)
        from connector in Gen.Elements(connectors.ToArray())
        from operation in Gen.Frequency(
            (30, Gen.Elements(connector.Operations.Select(o => o.Id).ToArray())),
            (1, Gen.Constant(Id<Operation>.Parse("ghost")))
        )
        from strength in Gen.Frequency(
            (12, Gen.Constant(AuthStrength.Signed)),
            (2, Gen.Constant(AuthStrength.Bearer)),
            (1, Gen.Constant(AuthStrength.None))
        )
        from door in Gen.Elements(Door.Tool, Door.OpenAi, Door.Mcp)
        from data in Connectors.Data
        from hosted in Worlds.Rarely(4)
        from arguments in Gen.Elements(Arguments)
        select new Intent
        {
            Tenant = Worlds.Tenant,
            Workspace = lost ? Id<Workspace>.Parse("elsewhere") : Worlds.Workspace,
            Agent = agent,
            Strength = strength,
            Door = door,
            Connector = connector.Id,
            Operation = operation,
            HostedTools = hosted && connector.Type == ConnectorType.OpenAi ? [connector.Operations[^1].Id] : [],
            Data = data,
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget("POST", "https://system.example:443", "/act", default, default),
            Arguments = Encoding.UTF8.GetBytes(arguments),
        };
}
