namespace Gateway.Proxy.Tests.Architecture;

/// <summary>No two folders of one project know each other, in any project that is shipped.</summary>
public sealed class FolderWallsTests
{
    public static TheoryData<string> Projects => [.. Product.Parts.Select(part => part.AssemblyName)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_DoNotKnowEachOther(string project)
    {
        var part = Product.Parts.Single(part => part.AssemblyName == project);

        Offences.AssertNone(FolderWalls.Offences(project == "gateway" ? "Gateway.Cli" : project, part.Uses));
    }

    [Fact]
    public void Folders_ThatKnowEachOther_AreFound() =>
        Assert.Contains(
            "A and House.B know each other",
            Assert.Single(FolderWalls.Offences("House", [Uses("House.A.One", "House.B.Two"), Uses("House.B.Three", "House.A.Four")])),
            StringComparison.Ordinal
        );

    [Fact]
    public void Folder_AndTheOneInside_AreTwo() =>
        Assert.Single(FolderWalls.Offences("House", [Uses("House.A.One", "House.A.B.Two"), Uses("House.A.B.Two", "House.A.One")]));

    [Fact]
    public void Folders_InARing_AreFound() =>
        Assert.NotEmpty(
            FolderWalls.Offences(
                "House",
                [Uses("House.A.One", "House.B.Two"), Uses("House.B.Two", "House.C.Three"), Uses("House.C.Three", "House.A.One")]
            )
        );

    [Fact]
    public void Folders_InARow_AreFine() =>
        Assert.Empty(
            FolderWalls.Offences(
                "House",
                [Uses("House.A.One", "House.B.Two"), Uses("House.B.Two", "House.C.Three"), Uses("House.A.One", "House.C.Three")]
            )
        );

    private static Use Uses(string user, string type) => new(user, user, "", type, Member: null);
}
