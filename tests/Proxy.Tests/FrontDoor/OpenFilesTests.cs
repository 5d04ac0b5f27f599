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
    [InlineData(0, 0, 0)]
    [InlineData(512, 128, 64)]
    [InlineData(1024, 448, 192)]
    [InlineData(1_048_576, 655_168, 262_080)]
    [InlineData(long.MaxValue, int.MaxValue, int.MaxValue)]
    public void Connections_OfFiles_LeaveSomeForWhatIsNone(long files, int incoming, int outgoing) =>
        Assert.Equal((incoming, outgoing), (OpenFiles.Connections(files), OpenFiles.Outgoing(files)));
}
