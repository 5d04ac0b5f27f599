using Xunit;

namespace Gateway.Testing;

/// <summary>A file of the documentation that comes from the code as a whole; written anew with GATEWAY_WRITE_DOCS=1.</summary>
public static class GeneratedFile
{
#pragma warning disable RS0030 // Whoever changes the code says here that the file is to follow; no other setting can reach a test.
    public static bool MayWrite => Environment.GetEnvironmentVariable("GATEWAY_WRITE_DOCS") == "1";
#pragma warning restore RS0030

    /// <param name="name">In <c>docs</c>.</param>
    /// <param name="filter">Of the test that writes it.</param>
    public static void AssertIs(string name, string content, string filter)
    {
        var path = Path.Combine(Repository.Root, "docs", name);
        if (File.Exists(path) && File.ReadAllText(path) == content)
        {
            return;
        }

        Assert.True(
            MayWrite,
            $"docs/{name} differs from the code. Write it anew: GATEWAY_WRITE_DOCS=1 dotnet test -c Release --filter {filter}"
        );
        File.WriteAllText(path, content);
    }
}
