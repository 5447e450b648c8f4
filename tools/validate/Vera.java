// Validate PDF files against PDF profiles with veraPDF: java Vera.java PROFILE[,PROFILE...] FILE...
// One line for each file and profile; the findings below it. Exit 1 if anything is not compliant or cannot be read.
// A fault of the installation, such as a missing profile, is not a fault of the file: it ends the run.

import java.io.File;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Vera {
    public static void main(String[] arguments) throws IOException {
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (int i = 1; i < arguments.length; i++)
            for (String profile : arguments[0].split(","))
                sound &= validate(profile, arguments[i]);
        System.exit(sound ? 0 : 1);
    }

    private static boolean validate(String profile, String file) throws IOException {
        PDFAFlavour flavour = PDFAFlavour.fromString(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            report(profile, file, result.isCompliant());
            Set<String> findings = new LinkedHashSet<>();
            for (TestAssertion assertion : result.getTestAssertions())
                if (assertion.getStatus() == TestAssertion.Status.FAILED)
                    findings.add("    " + assertion.getRuleId().getClause() + "-"
                        + assertion.getRuleId().getTestNumber() + " " + assertion.getMessage());
            findings.forEach(System.out::println);
            return result.isCompliant();
        } catch (VeraPDFException fault) {
            report(profile, file, false);
            System.out.println("    cannot be read: " + fault.getMessage());
            return false;
        }
    }

    private static void report(String profile, String file, boolean sound) {
        System.out.println((sound ? "ok      " : "FAILED  ") + "verapdf " + profile + "  " + file);
    }
}
