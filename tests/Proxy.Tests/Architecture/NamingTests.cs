namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Names that say nothing, and interfaces that stand for nothing.</summary>
public sealed class NamingTests
{
    private static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities"];

    /// <summary>Interfaces with one shipped implementation so far, and why they are interfaces all the same.</summary>
    private static readonly Dictionary<string, string> OneSoFar = [];

    [Fact]
    public void Types_HaveNamesThatSaySomething() => Offences.AssertNone(NameOffences(Product.Types));

    [Fact]
    public void Type_WithAnEmptyName_IsFound() => Assert.Single(NameOffences([typeof(Violations.RequestManager)]));

    [Fact]
    public void Interfaces_HaveAtLeastTwoImplementations() => Offences.AssertNone(InterfaceOffences([.. Product.Types]));

    [Fact]
    public void Interface_WithOneImplementation_IsFound() =>
        Assert.Single(InterfaceOffences([typeof(Violations.ILonely), typeof(Violations.Lonely)]));

    private static IEnumerable<string> NameOffences(IEnumerable<Type> types) =>
        from type in types
        where Empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal))
        select $"{type.FullName}: the name doesn't say what it does. Use the field's own word for it.";

    private static IEnumerable<string> InterfaceOffences(IReadOnlyList<Type> types)
    {
        foreach (var contract in types.Where(type => type.IsInterface))
        {
            var made = types.Count(type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(contract));
            var excused = OneSoFar.ContainsKey(contract.FullName!);
            if (made < 2 && !excused)
            {
                yield return $"{contract.FullName} has {made} implementations. Use the class itself, or say in OneSoFar which other one "
                    + "must come.";
            }
            else if (made >= 2 && excused)
            {
                yield return $"{contract.FullName} has {made} implementations by now. Take it out of OneSoFar.";
            }
        }
    }
}
