namespace Gateway.Testing;

/// <summary>Tests that the product or its documentation names, as <c>Type.Method</c>.</summary>
public static class NamedTests
{
    /// <summary>Whether a file of that type has the method.</summary>
    public static bool Exists(string test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Split('.') is [var type, var method]
            && Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "tests"), type + ".cs", SearchOption.AllDirectories)
                .Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal));
    }
}
