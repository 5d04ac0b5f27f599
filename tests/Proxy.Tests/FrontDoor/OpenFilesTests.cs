using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", long.MaxValue)]
    [InlineData("Max open files            many                 more                 files     ", null)]
    [InlineData("Max open files", null)]
    [InlineData("Max processes             95438                95438                processes ", null)]
    public void Read_SoftLimit_IsWhatMayBeOpened(string line, long? allowed) =>
        Assert.Equal(allowed, OpenFiles.Read(["Limit                     Soft Limit           Hard Limit           Units     ", line]));

    [Fact]
    public void Allowed_HereOnLinux_IsKnown() => Assert.Equal(OperatingSystem.IsLinux(), OpenFiles.Allowed() > 0);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(512, 192)]
    [InlineData(1024, 512)]
    [InlineData(1_048_576, 655_232)]
    [InlineData(long.MaxValue, (long.MaxValue / 8 * 5) - 128)]
    public void Connections_OfFiles_LeaveSomeForWhatTheyLeadTo(long files, long connections) => Assert.Equal(connections, OpenFiles.Connections(files));
}
