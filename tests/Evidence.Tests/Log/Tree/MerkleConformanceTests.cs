using Gateway.Testing;

namespace Gateway.Evidence.Tests.Log.Tree;

public sealed class MerkleConformanceTests
{
    [SharedDataFact("vectors/merkle")]
    public void Vectors_AllPublished_ComeOutAsTheySay()
    {
        var result = MerkleConformance.Run(Repository.Shared("vectors/merkle"));

        Assert.Empty(result.Failed);
        Assert.Equal((0, true), (result.OutOfScope, result.Passed > 100));
    }

    [Fact]
    public void Vector_ThatSaysOtherwise_FailsByName()
    {
        using var folder = new TemporaryDirectory();
        var hash = Convert.ToBase64String(new byte[32]);
        File.WriteAllText(
            folder.File("good.json"),
            $$"""{"leafIdx":0,"treeSize":1,"root":"{{hash}}","leafHash":"{{hash}}","proof":[],"wantErr":false}"""
        );
        File.WriteAllText(
            folder.File("other.json"),
            $$"""{"leafIdx":0,"treeSize":1,"root":"{{hash}}","leafHash":"{{hash}}","proof":[],"wantErr":true}"""
        );
        File.WriteAllText(folder.File("text.json"), "text");

        var result = MerkleConformance.Run(folder.Path);

        Assert.Equal((1, 1), (result.Passed, result.OutOfScope));
        Assert.EndsWith("other.json", Assert.Single(result.Failed), StringComparison.Ordinal);
    }
}
