using System.Globalization;
using System.Text;
using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class ValueContractTests
{
    [Theory]
    [InlineData("5", 5L)]
    [InlineData("-5", -5L)]
    [InlineData("+5", 5L)]
    [InlineData(" 5 ", 5L)]
    [InlineData("1e3", 1000L)]
    [InlineData("1.5E2", 150L)]
    [InlineData("2.5", 3L)]
    [InlineData("-2.5", -3L)]
    [InlineData("2.4999", 2L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1e30", null)]
    [InlineData("1,000", null)]
    [InlineData("0x10", null)]
    [InlineData("NaN", null)]
    [InlineData("twelve", null)]
    [InlineData("true", null)]
    [InlineData("-", null)]
    public void A_whole_number_comes_as_a_number_or_as_text(string text, long? expected) =>
        (ValueContract.TryInteger(Utf8(text), long.MinValue, long.MaxValue, out var value) ? value : (long?)null)
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("2147483647", true)]
    [InlineData("2147483648", false)]
    [InlineData("-2147483648", true)]
    [InlineData("-2147483649", false)]
    [InlineData("2147483647.5", false)]
    public void A_whole_number_that_does_not_fit_32_bits_is_refused(string text, bool fits) =>
        ValueContract.TryInteger(Utf8(text), int.MinValue, int.MaxValue, out _).Should().Be(fits);

    [Theory]
    [InlineData("6.5", "6.5")]
    [InlineData("0.00005", "0.0001")]
    [InlineData("-0.00005", "-0.0001")]
    [InlineData("0.00004999", "0")]
    [InlineData("1.00015", "1.0002")]
    [InlineData("65", "65")]
    [InlineData("6.5e1", "65")]
    [InlineData("99999.99994", "99999.9999")]
    [InlineData("99999.99995", null)]
    [InlineData("-99999.99995", null)]
    [InlineData("100000", null)]
    [InlineData("1e40", null)]
    [InlineData("1e-40", "0")]
    [InlineData("6,5", null)]
    [InlineData("", null)]
    public void A_decimal_is_rounded_half_away_from_zero_and_must_fit(string text, string? expected)
    {
        var fits = ValueContract.TryDecimal(Utf8(text), ColumnType.Decimal(9, 4), out var value);
        (fits ? value : (decimal?)null)
            .Should()
            .Be(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("2", null)]
    [InlineData("yes", null)]
    [InlineData("tru", null)]
    public void A_flag_is_true_or_false_or_one_or_zero(string text, bool? expected) =>
        (ValueContract.TryBool(Utf8(text), out var value) ? value : (bool?)null).Should().Be(expected);

    [Theory]
    [InlineData("", true)]
    [InlineData("NULL", true)]
    [InlineData("null", true)]
    [InlineData("nil", false)]
    [InlineData("0000-00-00", true)]
    [InlineData("0000-00-00 00:00:00", true)]
    [InlineData("0000-00-00 00:00:00.000000", true)]
    [InlineData("0000-00-00T00:00:00Z", true)]
    [InlineData("0000-00-00T00:00:00+00:00", true)]
    [InlineData("-0001-11-30", true)]
    [InlineData("-0001-11-30 00:00:00", true)]
    [InlineData("-0001-11-30T00:00:00.000000Z", true)]
    [InlineData("-0001-11-30T00:00:00+01:00", true)]
    [InlineData("-0001-11-29T23:40:28.000000Z", true)]
    [InlineData("-0001-11-30/7", false)]
    [InlineData("0000-00-001", false)]
    [InlineData("-0001-11-28", false)]
    [InlineData("NULL ", false)]
    public void Empty_text_and_the_text_NULL_are_null(string text, bool expected) =>
        ValueContract.IsNullText(Utf8(text)).Should().Be(expected);

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab😀d", 3, "ab")]
    [InlineData("ab😀d", 4, "ab😀")]
    public void Text_is_never_cut_through_a_surrogate_pair(string text, int length, string expected) =>
        ValueContract.Cut(text, length).Should().Be(expected);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
