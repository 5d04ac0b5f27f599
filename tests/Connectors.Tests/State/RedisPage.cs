using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>What docs/shared-state.md tells operators to allow Gateway's user.</summary>
internal static class RedisPage
{
    private const string Begin = "ACL SETUSER gateway on >… ";

    /// <summary>The rules of its <c>ACL SETUSER</c>, behind the password.</summary>
    public static string[] Commands()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "shared-state.md"));
        var at = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.True(at > Begin.Length, $"docs/shared-state.md doesn't say '{Begin}'.");
        var rules = page[at..page.IndexOf("```", at, StringComparison.Ordinal)];
        return rules.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);
    }
}
