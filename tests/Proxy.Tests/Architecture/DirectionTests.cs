using System.Xml.Linq;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Which project may know which, and where the two frameworks stay.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["policy"] = [],
        ["evidence"] = ["policy"],
        ["connectors"] = ["policy"],
        ["proxy"] = ["policy", "evidence", "connectors"],
        ["cli"] = ["policy", "evidence", "connectors", "proxy"],
    };

    [Fact]
    public void Projects_ReferToThoseBelowThemOnly() => Offences.AssertNone(Product.Parts.SelectMany(ReferenceOffences));

    [Fact]
    public void Projects_ShowTheirInsidesToTheirTestsOnly() =>
        Offences.AssertNone(
            from part in Product.Parts
            from friend in Items(part, "InternalsVisibleTo")
            where !friend.EndsWith(".Tests", StringComparison.Ordinal)
            select $"{part}: {friend} may see internal types. Make what it needs public, so that the direction shows."
        );

    [Fact]
    public void AspNet_IsNamedByTheProxyOnly() =>
        Offences.AssertNone(FrameworkWall.AspNet.Offences(Product.Parts.SelectMany(part => part.Uses)));

    [Fact]
    public void Yarp_IsNamedOnlyWhereRequestsLeave() =>
        Offences.AssertNone(FrameworkWall.Yarp.Offences(Product.Parts.SelectMany(part => part.Uses)));

    [Fact]
    public void Yarp_NamedElsewhere_IsFound()
    {
        var wall = FrameworkWall.Yarp with { Places = ["Gateway.Proxy.Nowhere"] };

        Assert.Contains(
            "GrantedForward",
            Assert.Single(
                wall.Offences(Product.Proxy.Uses)
                    .Where(o => o.Contains("Gateway.Proxy.Forwarding.GrantedForward uses", StringComparison.Ordinal))
                    .Distinct()
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Policy_NamesNothingOutsideItself() => Offences.AssertNone(Purity.Offences(Product.Policy.Uses));

    private static IEnumerable<string> ReferenceOffences(Product.Part part)
    {
        var projects = Items(part, "ProjectReference").Select(path => path.Split('/')[^2]);
        var assemblies = Product
            .Parts.Where(other => other != part && part.Uses.Any(use => use.Assembly == other.AssemblyName))
            .Select(other => other.Folder);
        return from other in projects.Concat(assemblies)
            where !Known[part.Folder].Contains(other)
            select $"{part} refers to {other}: it may know {(Known[part.Folder].Length == 0 ? "no other project" : string.Join(", ", Known[part.Folder]))}. Turn the direction round.";
    }

    private static IEnumerable<string> Items(Product.Part part, string name) =>
        XDocument.Load(part.ProjectFile).Descendants(name).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
