using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>What stands in proposed documents where their author would say more.</summary>
internal static class Proposed
{
    public const string Person = "(a named person)";
    public const string Group = "(an approver group)";

    public static SourcePosition Source { get; } = new("(proposed)", 0, 0);

    public static FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission> NoPermissions { get; } =
        FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission>.Empty;
}
