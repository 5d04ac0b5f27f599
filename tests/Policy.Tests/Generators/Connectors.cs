using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random connectors with up to three operations, some of them MCP servers, or model providers with hosted tools.</summary>
internal static class Connectors
{
    public static readonly Gen<ActionType> Actions = Gen.Elements(
        Enum.GetValues<ActionType>().Where(a => a != ActionType.Unspecified).ToArray()
    );
    public static readonly Gen<RiskTier> Risks = Gen.Elements(
        RiskTier.Low,
        RiskTier.Low,
        RiskTier.Medium,
        RiskTier.High,
        RiskTier.Critical
    );
    public static readonly Gen<DataClasses> Data = Gen.Elements(
        DataClasses.None,
        DataClasses.None,
        DataClasses.Public,
        DataClasses.Pii,
        DataClasses.Pii | DataClasses.Customer,
        DataClasses.Critical
    );

    public static readonly Gen<TransactionLimit?> Limits =
        from some in Worlds.Rarely(10)
        from max in Gen.Choose(0, 200)
        from path in Gen.Elements("/amount", "/order/total", "/items/0/price")
        from currency in Gen.Elements("EUR", null)
        select some ? new TransactionLimit(Pointer(path), max, 2, currency is null ? null : Pointer("/currency"), currency) : null;

    public static readonly Gen<Connector> Any =
        from type in Gen.Elements(ConnectorType.Http, ConnectorType.Http, ConnectorType.OpenAi, ConnectorType.Mcp)
        from scope in Gen.Elements(TargetScope.Internal, TargetScope.External)
        from operations in Gen.NonEmptyListOf(Operations)
            .Select(list => list.Take(3).Select((o, i) => o with { Id = Id<Operation>.Parse($"act-{i}") }).ToList())
        select new Connector
        {
            Tenant = Worlds.Tenant,
            Id = Id<Connector>.Parse("system"),
            Type = type,
            BaseAddress = new Uri("https://system.example"),
            Scope = scope,
            TargetSystem = "system",
            Environment = DeploymentEnvironment.Development,
            Egress = [],
            Operations = operations,
            Models = type == ConnectorType.OpenAi ? [new ModelOffer("*", [], 100)] : [],
            Timeouts = null!,
            Breaker = null!,
            Source = default,
        };

    private static Gen<Operation> Operations =>
        from action in Actions
        from risk in Risks
        from data in Data
        from limit in Limits
        from purpose in Gen.Elements("", "", "", "", "", "", "support", "billing")
        select new Operation
        {
            Id = default,
            Action = action,
            Risk = risk,
            Data = data,
            Methods = ["POST"],
            Path = null!,
            Purposes = purpose.Length == 0 ? [] : [purpose],
            Transaction = limit,
            Source = default,
        };

    private static ArgumentPointer Pointer(string text) =>
        ArgumentPointer.TryParse(text, out var pointer) ? pointer! : throw new InvalidOperationException(text);
}
