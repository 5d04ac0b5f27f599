using System.Xml.Linq;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Which project may know which, and where the two frameworks stay.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["Gateway.Cel"] = [],
        ["Gateway.Policy"] = ["Gateway.Cel"],
        ["Gateway.Authoring"] = ["Gateway.Cel", "Gateway.Policy"],
        ["Gateway.Evidence"] = ["Gateway.Cel", "Gateway.Policy"],
        ["Gateway.Gait"] = ["Gateway.Cel", "Gateway.Policy", "Gateway.Evidence"],
        ["Gateway.Connectors"] = ["Gateway.Cel", "Gateway.Policy"],

        // Neither Authoring nor Gait: the path of a request can't see what people use beside it.
        ["Gateway.Proxy"] = ["Gateway.Cel", "Gateway.Policy", "Gateway.Evidence", "Gateway.Connectors"],
        ["Gateway.Administration"] = ["Gateway.Cel", "Gateway.Policy", "Gateway.Evidence", "Gateway.Connectors", "Gateway.Proxy"],
        ["gateway"] = [.. Product.Parts.Where(part => part != Product.Cli).Select(part => part.AssemblyName)],
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
    public void Policy_NamesNothingOutsideItself() =>
        Offences.AssertNone(
            ((Product.Part[])[Product.Cel, Product.Policy, Product.Authoring]).SelectMany(part => Purity.Offences(part.Uses))
        );

    /// <summary>A reference that nobody uses any more is a direction that only looks kept.</summary>
    [Fact]
    public void Directions_AreOfProjectsThatAreThere() =>
        Assert.Equal(Product.Parts.Select(part => part.AssemblyName).Order(), Known.Keys.Order());

    private static IEnumerable<string> ReferenceOffences(Product.Part part)
    {
        var projects = Items(part, "ProjectReference").Select(path => path.Split('/')[^2]);
        var assemblies = Product
            .Parts.Where(other => other != part && part.Uses.Any(use => use.Assembly == other.AssemblyName))
            .Select(other => other.AssemblyName);
        return from other in projects.Concat(assemblies)
            where !Known[part.AssemblyName].Contains(other)
            select $"{part} refers to {other}: it may know "
                + $"{(Known[part.AssemblyName].Length == 0 ? "no other project" : string.Join(", ", Known[part.AssemblyName]))}. Turn "
                + "the direction round.";
    }

    private static IEnumerable<string> Items(Product.Part part, string name) =>
        XDocument.Load(part.ProjectFile).Descendants(name).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
