using System.Reflection;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>What is shipped: its assemblies as they were built for these tests, and its source.</summary>
internal static class Product
{
    public static readonly Part Cel = new("policy/Gateway.Cel", "Gateway.Cel");
    public static readonly Part Policy = new("policy/Gateway.Policy", "Gateway.Policy");
    public static readonly Part Authoring = new("policy/Gateway.Authoring", "Gateway.Authoring");
    public static readonly Part Evidence = new("evidence/Gateway.Evidence", "Gateway.Evidence");
    public static readonly Part Gait = new("evidence/Gateway.Gait", "Gateway.Gait");
    public static readonly Part Connectors = new("connectors/Gateway.Connectors", "Gateway.Connectors");
    public static readonly Part Proxy = new("proxy/Gateway.Proxy", "Gateway.Proxy");
    public static readonly Part Administration = new("proxy/Gateway.Administration", "Gateway.Administration");
    public static readonly Part Cli = new("cli", "gateway");

    public static IReadOnlyList<Part> Parts => [Cel, Policy, Authoring, Evidence, Gait, Connectors, Proxy, Administration, Cli];

    /// <summary>Types that somebody wrote; not those that the compiler made.</summary>
    public static IEnumerable<Type> Types =>
        Parts.SelectMany(part => part.Load().GetTypes()).Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal));

    /// <param name="Folder">Under the repository's root.</param>
    public sealed record Part(string Folder, string AssemblyName)
    {
        private IReadOnlyList<Use>? _uses;

        public string Path => System.IO.Path.Combine(AppContext.BaseDirectory, AssemblyName + ".dll");

        public string ProjectFile => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, Folder), "*.csproj").Single();

        public IReadOnlyList<Use> Uses => _uses ??= AssemblyReading.Of(Path);

        public IEnumerable<string> SourceFiles =>
            Directory
                .EnumerateFiles(System.IO.Path.Combine(Repository.Root, Folder), "*.cs", SearchOption.AllDirectories)
                .Where(file => !System.IO.Path.GetRelativePath(Repository.Root, file).Split('/').Any(part => part is "obj" or "bin"));

        public Assembly Load() => Assembly.Load(AssemblyName);

        public override string ToString() => Folder;
    }
}
