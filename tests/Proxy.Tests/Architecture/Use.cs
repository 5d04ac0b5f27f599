namespace Gateway.Proxy.Tests.Architecture;

/// <summary>One thing that compiled code names: a type, or a member of one.</summary>
/// <param name="User">The outermost type that names it; what the compiler made of its lambdas and async methods counts as its own.</param>
/// <param name="Place">Where in it, for people.</param>
/// <param name="Assembly">Where the named type is defined; empty for the user's own assembly.</param>
/// <param name="Type">Full name, of a nested type as <c>Outer+Inner</c>.</param>
/// <param name="Member">Null where only the type is named.</param>
internal readonly record struct Use(string User, string Place, string Assembly, string Type, string? Member)
{
    public string Named => Member is null ? Type : $"{Type}.{Member}";

    public bool IsBy(string prefix) => IsUnder(User, prefix);

    /// <summary>Whether a full name is this one, nested in it, or in this namespace.</summary>
    public static bool IsUnder(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] is '.' or '+');
}
