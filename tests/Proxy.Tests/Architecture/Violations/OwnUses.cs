namespace Gateway.Proxy.Tests.Architecture.Violations;

/// <summary>What this test assembly names, read once: the types in this folder break the rules on purpose.</summary>
internal static class OwnUses
{
    private static readonly IReadOnlyList<Use> All = AssemblyReading.Of(typeof(OwnUses).Assembly.Location);

    public static IReadOnlyList<Use> Of(string type) => [.. All.Where(use => use.User == type)];
}
