namespace Gateway.Testing;

/// <summary>Where the checkout is, and the data that lies beside it on some machines.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the shared vectors and corpora; it may not exist.</summary>
    public static string Shared(string path) => Path.Combine(Root, "..", "shared", path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run inside a checkout: no Gateway.sln above " + AppContext.BaseDirectory);
    }
}
