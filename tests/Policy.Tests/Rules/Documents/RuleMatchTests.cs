using System.Reflection;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Tests.Rules.Documents;

/// <summary>A field that is forgotten here would let a rule match, and grant, wider than it says.</summary>
public sealed class RuleMatchTests
{
    private static readonly string[] MatchedByTheIndex =
    [
        nameof(RuleMatch.ToolNames),
        nameof(RuleMatch.Connectors),
        nameof(RuleMatch.Actions),
    ];

    [Fact]
    public void IsOfToolsOnly_WithEachFieldGiven_IsSoForThoseOnlyThatTheIndexMatches() =>
        Assert.All(
            Fields(typeof(RuleMatch)),
            field => Assert.Equal(MatchedByTheIndex.Contains(field.Name), With(new RuleMatch(), field).MatchesToolsOnly)
        );

    [Fact]
    public void IsEmpty_OfTargets_IsSoForNoFieldThatIsGiven() =>
        Assert.All(
            Fields(typeof(TargetMatch)),
            field => Assert.False(new RuleMatch { Targets = With(new TargetMatch(), field) }.MatchesToolsOnly)
        );

    [Fact]
    public void IsOfToolsOnly_WithNothingGiven_IsSo() => Assert.True(new RuleMatch().MatchesToolsOnly);

    private static IEnumerable<PropertyInfo> Fields(Type type) => type.GetProperties().Where(property => property.CanWrite);

    private static T With<T>(T match, PropertyInfo field)
    {
        field.SetValue(
            match,
            field.PropertyType switch
            {
                var type when type == typeof(IReadOnlyList<string>) => new[] { "x" },
                var type when type == typeof(bool?) => false,
                var type when type == typeof(DelegationMatch) => new DelegationMatch(),
                var type when type == typeof(TargetMatch) => new TargetMatch { Kinds = ["x"] },
                var type => throw new InvalidOperationException($"{field.Name} is of a new type, {type.Name}: give it a value here."),
            }
        );
        return match;
    }
}
